package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sends what {@code requests.http} says, as an editor would. */
class RequestsFileTest {

    private static final Path FILE = Path.of("requests.http");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^@(\\w+) = (.*)$");
    private static final Pattern NAME = Pattern.compile("(?m)^# @name (\\w+)$");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.]+)}}");
    private static final Pattern ELSEWHERE = Pattern.compile("/(broker|mailbox)/.*");

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void every_call_of_the_requests_file_is_answered_as_it_says() throws IOException {
        List<String> seen = new ArrayList<>();
        try (ServedFromMemory api = new ServedFromMemory()) {
            for (String block : Files.readString(FILE).split("(?m)^###", -1)) {
                VARIABLE.matcher(block).results().forEach(found -> variables.put(found.group(1), found.group(2)));
                variables.put("host", "http://localhost:" + api.port);
                if (block.contains("{{host}}")) {
                    send(api, block, seen);
                }
            }
        }

        assertThat(seen)
                .containsExactly(
                        "POST 201",
                        "GET 200",
                        "PUT 200",
                        "POST 202",
                        "POST 202",
                        "POST 202",
                        "PATCH 200",
                        "DELETE 200",
                        "POST 200",
                        "POST 202",
                        "GET 200",
                        "POST 409",
                        "POST 409",
                        "POST 200",
                        "GET 200",
                        "POST 200",
                        "POST 201",
                        "POST 201",
                        "GET 200",
                        "DELETE 204",
                        "POST 201",
                        "GET 200",
                        "DELETE 204",
                        "GET 200",
                        "PATCH 404",
                        "GET 200",
                        "POST 202",
                        "GET 200",
                        "GET 200",
                        "GET 200",
                        "GET 200",
                        "POST 400",
                        "GET 200",
                        "GET 200");
    }

    private void send(ServedFromMemory api, String block, List<String> seen) {
        List<String> lines = filled(block)
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith("#"))
                .toList();
        String[] start = lines.getFirst().split(" ", 2);
        URI address = URI.create(start[1]);
        if (ELSEWHERE.matcher(address.getPath()).matches()) {
            return;
        }
        int blank = lines.indexOf("") < 0 ? lines.size() : lines.indexOf("");
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(start[0], BodyPublishers.ofString(String.join("\n", lines.subList(blank, lines.size()))));
        lines.subList(1, blank).stream()
                .map(line -> line.split(": ", 2))
                .forEach(header -> request.header(header[0], header[1]));
        Answer answer = api.send(request);
        seen.add(start[0] + " " + answer.status());
        assertThat(answer.status() < 400 || block.contains("(" + answer.status()))
                .as(block + answer.body())
                .isTrue();
        Matcher name = NAME.matcher(block);
        if (name.find()) {
            answer.json()
                    .forEachEntry((field, value) ->
                            variables.put(name.group(1) + ".response.body." + field, value.asString("")));
        }
    }

    private String filled(String block) {
        return PLACE.matcher(block).replaceAll(place -> {
            assertThat(variables).containsKey(place.group(1));
            return Matcher.quoteReplacement(variables.getOrDefault(place.group(1), ""));
        });
    }
}
