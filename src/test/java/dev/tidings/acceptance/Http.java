package dev.tidings.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the REST API. */
final class Http {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String base;

    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    Http(String base) {
        this.base = base;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Map<String, ?> body) {
        return send(request(path).POST(json(body)));
    }

    Answer put(String path, Map<String, ?> body) {
        return send(request(path).PUT(json(body)));
    }

    /** As whoever keeps the mailbox of the return path hands over a mail; yields the status. */
    int report(String path, String secret, String mail) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "message/rfc822")
                .POST(HttpRequest.BodyPublishers.ofString(mail));
        return exchange(secret.isEmpty() ? request : request.header("Authorization", "Bearer " + secret))
                .statusCode();
    }

    int delete(String path) {
        return exchange(request(path).DELETE()).statusCode();
    }

    String text(String path) {
        return exchange(request(path).GET()).body();
    }

    private HttpRequest.BodyPublisher json(Map<String, ?> body) {
        return HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), json.readTree(response.body()), response);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
