package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a process really writes. */
class LogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> FIELDS = Set.of(
            "timestamp",
            "level",
            "logger",
            "message",
            "thread",
            "correlation_id",
            "trace_id",
            "span_id",
            "service",
            "node",
            "stack_trace",
            "method",
            "path",
            "status",
            "took_ms",
            "bytes",
            "service_id");

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class For_machines {

        private Path logs = Path.of("logs");
        private String output = "";

        @BeforeAll
        void run(@TempDir Path directory) throws Exception {
            logs = directory.resolve("logs");
            output = TinyOperations.outputOfAProcess(
                    directory, Map.of("LOG_DIRECTORY", logs.toString()), "--spring.profiles.active=production");
        }

        @Test
        void each_line_is_one_json_object_with_its_fields() {
            assertThat(parsed(output)).isNotEmpty().allSatisfy(line -> {
                assertThat(line.propertyNames())
                        .contains("timestamp", "level", "logger", "message", "thread")
                        .isSubsetOf(FIELDS);
                assertThat(line.get("timestamp").asString()).endsWith("Z");
                assertThat(line.get("service").asString()).isEqualTo("tidings");
                assertThat(line.get("node").asString()).isEqualTo("node-7");
            });
        }

        @Test
        void a_line_about_a_request_has_its_correlation_and_trace_ids() {
            JsonNode line = one(parsed(output), "Found");

            assertThat(line.get("correlation_id").asString()).isEqualTo("checkout-42");
            assertThat(line.get("trace_id").asString()).isEqualTo(Http.TRACE_ID);
            assertThat(line.get("span_id").asString()).matches("[0-9a-f]{16}");
        }

        @Test
        void no_address_is_written_in_messages_or_stack_traces() {
            assertThat(output).doesNotContain("ada@example.com");
            assertThat(one(parsed(output), "Found").get("message").asString()).isEqualTo("Found *** for you");
            assertThat(parsed(output).stream().filter(line -> line.has("stack_trace")))
                    .singleElement()
                    .satisfies(line -> assertThat(line.get("stack_trace").asString())
                            .contains("IllegalStateException: no answer for ***"));
        }

        @Test
        void each_request_is_one_line_that_names_no_person() {
            List<JsonNode> lines = access(output);

            assertThat(lines)
                    .extracting(line -> line.get("path").asString())
                    .containsExactly("/people/{userid}", "/broken");
            JsonNode found = lines.getFirst();
            assertThat(found.get("message").asString()).startsWith("GET /people/{userid} 200 in ");
            assertThat(found.get("method").asString()).isEqualTo("GET");
            assertThat(found.get("service_id").asString()).isEqualTo("shop");
            assertThat(found.get("status").asInt()).isEqualTo(200);
            assertThat(found.get("bytes").asInt()).isEqualTo("found".length());
            assertThat(found.get("took_ms").asLong()).isNotNegative();
            assertThat(found.get("trace_id").asString()).isEqualTo(Http.TRACE_ID);
            assertThat(lines.getLast().get("status").asInt()).isEqualTo(500);
        }

        @Test
        void each_concern_has_a_file_of_its_own_if_a_directory_is_given() throws Exception {
            assertThat(access(file("access.log"))).hasSize(2);
            assertThat(one(parsed(file("app.log")), "Found").has("correlation_id"))
                    .isTrue();
            assertThat(access(file("app.log"))).isEmpty();
            assertThat(parsed(file("error.log")))
                    .singleElement()
                    .satisfies(line -> assertThat(line.get("level").asString()).isEqualTo("ERROR"));
        }

        private String file(String name) throws IOException {
            return Files.readString(logs.resolve(name));
        }
    }

    @Nested
    class For_people {

        @TempDir
        private Path directory;

        @Test
        void lines_are_readable_and_nothing_is_written_elsewhere() throws Exception {
            String output = TinyOperations.outputOfAProcess(directory, Map.of());

            assertThat(output.lines()).noneMatch(line -> line.startsWith("{"));
            assertThat(output)
                    .containsPattern(
                            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO .*TinyOperations +Found \\*\\*\\* for you +checkout-42")
                    .containsPattern("access +GET /people/\\{userid} 200 in \\d+ ms *\n")
                    .contains("no answer for ***")
                    .doesNotContain("ada@example.com");
        }
    }

    private static List<JsonNode> access(String output) {
        return parsed(output).stream()
                .filter(line -> line.get("logger").asString().equals("access"))
                .toList();
    }

    private static JsonNode one(List<JsonNode> lines, String message) {
        return lines.stream()
                .filter(line -> line.get("message").asString().startsWith(message))
                .findAny()
                .orElseThrow();
    }

    private static List<JsonNode> parsed(String output) {
        return output.lines().map(JSON::readTree).toList();
    }
}
