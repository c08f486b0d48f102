package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.PrivateRabbit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the certificates that make ssl-setup makes: they are for localhost, and for no other address of this machine. */
class AmqpOverTlsTest {

    @TempDir
    private static Path secrets;

    private static final int PORT = PrivateRabbit.freePort();
    private static PrivateRabbit rabbit;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Process making = new ProcessBuilder("infra/bin/ssl-setup", secrets.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(making.waitFor()).isZero();
        Path ssl = secrets.resolve("ssl");
        rabbit = PrivateRabbit.startedWith("""
                listeners.ssl.right = 127.0.0.1:%1$d
                listeners.ssl.wrong = 127.0.0.2:%1$d
                ssl_options.cacertfile = %2$s/ca.crt
                ssl_options.certfile = %2$s/rabbitmq.crt
                ssl_options.keyfile = %2$s/rabbitmq.key
                ssl_options.verify = verify_none
                """.formatted(PORT, ssl));
    }

    @AfterAll
    static void stop() {
        rabbit.close();
    }

    @Test
    void a_broker_with_a_certificate_of_the_given_authority_is_used() {
        try (TestAdapter adapter = adapter("localhost", "?cacertfile=" + secrets.resolve("ssl/ca.crt"))) {
            soon().until(() -> adapter.health.problem().isEmpty());
        }
    }

    @Test
    void a_broker_that_nobody_vouches_for_is_not() {
        try (TestAdapter adapter = adapter("localhost", "")) {
            soon().until(() -> problem(adapter).contains("unable to find valid certification path"));
        }
    }

    @Test
    void a_broker_whose_certificate_is_anothers_is_not() {
        try (TestAdapter adapter = adapter("127.0.0.2", "?cacertfile=" + secrets.resolve("ssl/ca.crt"))) {
            soon().until(() -> problem(adapter).contains("No subject alternative names matching IP address 127.0.0.2"));
        }
    }

    private static TestAdapter adapter(String host, String query) {
        return new TestAdapter(
                        "amqps://guest:guest@" + host + ":" + PORT + query,
                        (_, _, _) -> CompletableFuture.completedFuture(null))
                .started();
    }

    private static String problem(TestAdapter adapter) {
        return adapter.listener.problem().orElse("");
    }
}
