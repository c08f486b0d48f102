package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakefileTest {
    private static final List<String> TARGETS =
            Repository.matches("^([a-z][a-z0-9-]*):(?!=)", Repository.text("Makefile"));

    @Test
    void help_is_the_default_and_lists_every_target() {
        Repository.Run help = Repository.run(Map.of(), "make");

        assertThat(help.status()).isZero();
        assertThat(Repository.matches("^  make ([a-z0-9-]+) +\\S", help.output()))
                .containsExactlyInAnyOrderElementsOf(TARGETS);
    }

    @Test
    void what_the_documentation_names_is_there() {
        assertThat(TARGETS)
                .contains(
                        "run", "demo", "build", "test", "test-unit", "test-integration", "test-e2e", "check", "format")
                .contains(
                        "mutate", "bench", "ssl-setup", "log-setup", "up", "up-detach", "down", "logs", "ps", "clean");
    }

    @Test
    void no_target_is_mistaken_for_a_file_of_its_name() {
        List<String> phony = Repository.matches("^\\.PHONY: (.*)$", Repository.text("Makefile")).stream()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .toList();

        assertThat(phony).containsExactlyInAnyOrderElementsOf(TARGETS);
    }

    @Test
    void what_the_tests_need_is_named_in_one_line_where_it_cannot_be_installed(@TempDir Path emptyPath) {
        Repository.Run needs =
                Repository.run(Map.of("PATH", emptyPath.toString()), "/bin/bash", "infra/bin/test-needs");

        assertThat(needs.status()).isEqualTo(1);
        assertThat(needs.output().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("The tests need ")
                        .contains("chromium", "chromium-driver")
                        .contains("apt-get install"));
    }
}
