package dev.tidings.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.chaos.Cell;
import dev.tidings.chaos.Cells;
import dev.tidings.chaos.Result;
import dev.tidings.chaos.Stage;
import dev.tidings.chaos.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three cells of the kill matrix with a small load. {@code make chaos} runs all of them. */
class KillMatrixTest {

    private static final int ACCEPTED_AT_LEAST = 500;
    private static final Stage.Program ON_THIS_CLASS_PATH = new Stage.Program(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx384m"),
            List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.tidings.Tidings",
                    "--tidings.delivery.retry.delays=1s,2s,5s"));

    @TempDir
    private static Path directory;

    private static Stage stage;

    @BeforeAll
    static void two_nodes_on_a_primary_with_a_standby_a_broker_and_a_relay() throws Exception {
        stage = Stage.set(directory, ON_THIS_CLASS_PATH, false);
    }

    @AfterAll
    static void all_of_it_ends() {
        stage.close();
    }

    static List<Cell> cells() {
        return List.of(Cells.TIDINGS_SIGKILL, Cells.PRIMARY_SIGKILL, Cells.RELAY_CUT_AFTER_THE_DOT);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothing_accepted_is_lost_and_what_is_doubled_is_listed(Cell cell) throws Exception {
        Result result = Trial.of(stage, cell, ACCEPTED_AT_LEAST);

        assertThat(result.accepted()).isGreaterThanOrEqualTo(ACCEPTED_AT_LEAST);
        assertThat(result).matches(Result::isClean, "clean");
    }
}
