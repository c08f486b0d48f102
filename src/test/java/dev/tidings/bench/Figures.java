package dev.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Tidings says of itself: costs it much less than counting rows. */
final class Figures {

    private static final String REBUILD = "/views/rebuild";
    private static final Set<String> ENDS = Set.of("done", "failed", "interrupted");
    private static final JsonMapper JSON = new JsonMapper();

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI tidings;

    Figures(String tidings) {
        this.tidings = URI.create(tidings);
    }

    /** Accepted since its start, and not sent yet. */
    long unsent() throws IOException, InterruptedException {
        JsonNode figures = get("/broker/metrics");
        return figures.required("accepted").required("total").asLong() - sent(figures);
    }

    /** Since its start. */
    long sent() throws IOException, InterruptedException {
        return sent(get("/broker/metrics"));
    }

    private static long sent(JsonNode figures) {
        return figures.required("outcomes").required("sent").required("total").asLong();
    }

    /** Has the views rebuilt; yields how many events a second, until the new ones were read. */
    long rebuilt() throws IOException, InterruptedException {
        long start = System.nanoTime();
        http.send(
                HttpRequest.newBuilder(tidings.resolve(REBUILD))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        JsonNode rebuild = get(REBUILD);
        while (!ENDS.contains(rebuild.required("phase").asString())) {
            Thread.sleep(BETWEEN_LOOKS);
            rebuild = get(REBUILD);
        }
        if (!rebuild.required("phase").asString().equals("done")) {
            throw new IllegalStateException("the views were not rebuilt: " + rebuild);
        }
        return rebuild.required("events_read").asLong()
                * 1_000
                / Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(HttpRequest.newBuilder(tidings.resolve(path)).build(), BodyHandlers.ofString())
                        .body());
    }
}
