package dev.tidings.adapters.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {

    private static final String SEND = "/notifications/send";
    private static final int TRIES = 1_500;

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void the_next_request_is_answered() {
        api.post(SEND, Examples.SEND_TEMPLATE).is(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "42",
                "\"text\"",
                "[]",
                "[{}]",
                "{",
                "{}}",
                "{} {}",
                "{'content': 'x'}",
                "{content: \"x\"}",
                "{\"content\": \"x\",}",
                "{\"content\": undefined}",
                "{\"content\": NaN}",
                "{\"content\": \"\\x\"}",
                "{\"content\": \"a\nb\"}",
                "{\"content\": 01}",
                "/* */ {}",
                "{\"content\": \"a\", \"content\": \"b\"}",
                "{\"template_vars\": {\"a\": 1, \"a\": 2}}",
                "<send/>",
            })
    void what_is_not_one_json_object_is_malformed(String body) {
        api.post(SEND, body).isProblem(400, "malformed-json");
    }

    @Test
    void malformed_json_is_told_where() {
        Answer refused = api.post(SEND, "{\n  \"content\": oops\n}").isProblem(400, "malformed-json");

        assertThat(refused.at("/detail"))
                .isEqualTo("The body is not JSON: Unrecognized token 'oops': was expecting (JSON String, Number, Array,"
                        + " Object or token 'null', 'true' or 'false') (line 2, column 14)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080\u0080\u0080", "\u00e2\u0082"
            })
    void invalid_utf_8_is_refused(String bytes) {
        byte[] body =
                ("{\"notification_type\": \"welcome\", \"recipient_email\": \"ada@example.org\", \"subject\": \"Hi\","
                                + " \"content\": \"" + bytes + "\"}")
                        .getBytes(ISO_8859_1);

        assertThat(post(body).is(400).at("/type")).isIn("/problems/malformed-json", "/problems/invalid-input");
    }

    @Test
    void a_nul_is_refused_wherever_it_is() {
        Answer refused = api.post(SEND, """
                {"notification_type": "password_reset", "recipient_email": "ada@example.org", "subject": "Hi",
                 "content": "Hi \\u0000", "userid": "\\u0000",
                 "template_vars": {"a": "\\u0000", "b": ["\\u0000"], "c": {"\\u0000": 1}}}""").isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .containsOnlyKeys("content", "userid", "template_vars.a", "template_vars.b", "template_vars.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800"})
    void half_a_surrogate_pair_is_refused(String escape) {
        api.post(SEND, """
                {"notification_type": "security_alert", "recipient_email": "ada@example.org", "subject": "Hi",
                 "content": "Hi ESCAPE"}""".replace("ESCAPE", escape)).is(400);
    }

    static Stream<Map.Entry<String, String>> unusableVariables() {
        return Map.of(
                "null",
                "must be a string, a number, true, false, or a list or object of those, not null",
                "[1, null]",
                "must be a string, a number, true, false, or a list or object of those, not null",
                "[[[[[1]]]]]",
                "must not be nested more than 5 deep",
                "\"" + "x".repeat(65 * 1024) + "\"",
                "must have at most 64 KiB",
                "1e999999999",
                "must have at most 100 digits before and after the point",
                "1e-999999999",
                "must have at most 100 digits before and after the point",
                "9".repeat(101),
                "must have at most 100 digits before and after the point")
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("unusableVariables")
    void a_variable_out_of_bounds_is_named(Map.Entry<String, String> unusable) {
        Answer refused = sendWith("{\"reset_link\": " + unusable.getKey() + "}").isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsEntry("template_vars.reset_link", unusable.getValue());
    }

    @Test
    void variables_just_within_bounds_are_taken() {
        String hundred = IntStream.range(1, 100)
                .mapToObj(i -> "\"v" + i + "\": [1, [2]]")
                .collect(Collectors.joining(","));

        sendWith("{\"reset_link\": \"" + "x".repeat(64 * 1024 - 2) + "\", \"big\": " + "9".repeat(100)
                        + ", \"deep\": {\"a\": {\"a\": {\"a\": {\"a\": 1}}}}}")
                .is(202);
        assertThat(sendWith("{\"reset_link\": \"x\", " + hundred + "}").errors())
                .containsOnlyKeys("template_vars");
        assertThat(sendWith("{\"reset_link\": \"x\", " + hundred + ", \"one\": 1}")
                        .errors())
                .containsEntry("template_vars", "must have at most 100 values");
    }

    @Test
    void a_nesting_bomb_does_not_go_off() {
        api.post(SEND, "{\"template_vars\":" + "[".repeat(500_000)).isProblem(400, "malformed-json");
        api.post(SEND, "{\"template_vars\":" + "{\"a\":".repeat(100_000)).isProblem(400, "malformed-json");
    }

    @Test
    void a_long_number_and_a_long_name_are_refused() {
        api.post(SEND, "{\"content\": " + "9".repeat(500_000) + "}").isProblem(400, "malformed-json");
        api.post(SEND, "{\"" + "n".repeat(500_000) + "\": 1}").isProblem(400, "malformed-json");
    }

    @Test
    void of_very_many_errors_a_hundred_are_told() {
        String body =
                IntStream.range(0, 20_000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        Answer refused = api.post(SEND, body).isProblem(400, "invalid-input");

        assertThat(refused.json().at("/errors")).hasSize(100);
        assertThat(refused.at("/detail")).endsWith("; and 19904 more");
    }

    @Test
    void a_body_of_1_mib_is_read_and_one_byte_more_is_too_large() {
        String start = "{\"notification_type\": \"security_alert\", \"recipient_email\": \"ada@example.org\","
                + " \"subject\": \"Hi\", \"content\": \"";
        String largest = start + "x".repeat(1024 * 1024 - start.length() - 2) + "\"}";

        api.post(SEND, largest).is(202);
        api.post(SEND, largest + " ").isProblem(413, "too-large");
    }

    @Test
    void ten_mib_are_turned_away_unread() throws Exception {
        byte[] head = ("POST " + SEND + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + 10 * 1024 * 1024 + "\r\n\r\n{\"content\": \"")
                .getBytes(UTF_8);
        try (Socket socket = new Socket("localhost", api.port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write("x".repeat(1024 * 1024 + 1).getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "multipart/form-data",
                "application/json;charset=utf-16",
                "application/x-ndjson",
                "application/merge-patch+json",
                "application/cbor",
                "nonsense"
            })
    void another_type_of_body_is_unsupported(String type) {
        api.send(api.request(SEND, "Content-Type", type).POST(BodyPublishers.ofString(Examples.SEND_TEMPLATE)))
                .isProblem(415, "unsupported-media-type");
    }

    @Test
    void a_body_without_a_type_is_unsupported() {
        api.send(api.request(SEND).POST(BodyPublishers.ofString(Examples.SEND_TEMPLATE)))
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {SEND, "/notifications/preferences", "/notifications/preferences/ada"})
    void random_json_is_never_more_than_the_callers_error(String path) {
        Random random = new Random(20260301);
        for (int i = 0; i < TRIES / 3; i++) {
            String body = object(random, 0);
            Answer answer = path.endsWith("/ada") ? api.put(path, body) : api.post(path, body);
            assertThat(answer.status()).as(body + "\n" + answer.body()).isIn(201, 202, 400, 404, 409);
        }
    }

    private static String object(Random random, int depth) {
        return random.ints(random.nextInt(6), 0, NAMES.length)
                .distinct()
                .mapToObj(i -> NAMES[i] + ":" + value(random, depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 6 ? 3 : 5)) {
            case 0, 1, 2 -> VALUES[random.nextInt(VALUES.length)];
            case 3 -> object(random, depth + 1);
            default ->
                random.ints(random.nextInt(4))
                        .mapToObj(_ -> value(random, depth + 1))
                        .collect(Collectors.joining(",", "[", "]"));
        };
    }

    private static final String[] NAMES = {
        "\"notification_type\"",
        "\"recipient_email\"",
        "\"subject\"",
        "\"content\"",
        "\"template_vars\"",
        "\"userid\"",
        "\"priority\"",
        "\"notification_email\"",
        "\"preferences\"",
        "\"marketing\"",
        "\"security_alert\"",
        "\"reset_link\"",
        "\"\"",
        "\"\\u0000\"",
        "\"__proto__\"",
        "\"a.b\"",
        "\"\\uD83D\\uDE00\""
    };

    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1e400",
        "1e-400",
        "123456789012345678901234567890",
        "\"\"",
        "\" \"",
        "\"welcome\"",
        "\"password_reset\"",
        "\"marketing\"",
        "\"ada@example.org\"",
        "\"@\"",
        "\"a@\\u0000b\"",
        "\"\\r\\nBcc: x@y.z\"",
        "\"${7*7}\"",
        "\"<script>\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\uDE00\"",
        "\"instant\"",
        "\"' or 1=1 --\"",
        "\"../../etc/passwd\"",
        "\"%00\"",
        "\"\\u202E\""
    };

    private static Answer sendWith(String variables) {
        return api.post(SEND, """
                {"notification_type": "password_reset", "recipient_email": "ada@example.org",
                 "content": "password_reset", "template_vars": VARIABLES}""".replace("VARIABLES", variables));
    }

    private static Answer post(byte[] body) {
        return api.send(api.request(SEND, "Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }
}
