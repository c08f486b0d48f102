package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class TraceExportTest {

    @TempDir
    private Path directory;

    private final List<Export> exports = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    private record Export(String path, String body) {

        boolean has(byte[] bytes) {
            return body.contains(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @BeforeEach
    void collect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            exports.add(new Export(
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void a_request_is_exported_as_part_of_its_callers_trace() throws Exception {
        try (ConfigurableApplicationContext context = TinyOperations.start(
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + address() + "/v1/traces",
                "--management.opentelemetry.tracing.export.schedule-delay=100ms")) {
            Http.to(context).get("/people/ada", Map.of("traceparent", Http.TRACEPARENT));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::theCallersTraceWasExported);
        }
        assertThat(exports).anyMatch(export -> export.has("tidings".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_address_may_come_from_the_variable_that_everybody_knows() throws Exception {
        TinyOperations.outputOfAProcess(directory, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", address()));

        assertThat(theCallersTraceWasExported()).isTrue();
        assertThat(exports).extracting(Export::path).containsOnly("/v1/traces");
    }

    @Test
    void what_is_exported_names_no_person() throws Exception {
        TinyOperations.outputOfAProcess(
                directory, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", address(), "TRACES_SAMPLE_RATE", "1"));

        assertThat(has("/people/{userid}")).isTrue();
        assertThat(has("no answer for ***")).isTrue();
        assertThat(has("ada@example.com")).isFalse();
        assertThat(has("/people/ada")).isFalse();
        assertThat(has("/broker/ping")).as("a probe").isFalse();
    }

    private boolean has(String text) {
        return exports.stream().anyMatch(export -> export.body().contains(text));
    }

    private String address() {
        return "http://localhost:" + collector.getAddress().getPort();
    }

    private boolean theCallersTraceWasExported() {
        return exports.stream().anyMatch(export -> export.has(HexFormat.of().parseHex(Http.TRACE_ID)));
    }

    @Test
    void without_an_address_nothing_is_exported() {
        try (ConfigurableApplicationContext context = TinyOperations.start()) {
            assertThat(context.getBeansOfType(SpanExporter.class)).isEmpty();
        }
    }
}
