package dev.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Tidings says of itself: costs it much less than counting rows. */
final class Figures {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;

    Figures(String tidings) {
        this.request =
                HttpRequest.newBuilder(URI.create(tidings + "/broker/metrics")).build();
    }

    /** Accepted since its start, and not sent yet. */
    long unsent() throws IOException, InterruptedException {
        JsonNode figures =
                JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        return figures.required("accepted").required("total").asLong()
                - figures.required("outcomes")
                        .required("sent")
                        .required("total")
                        .asLong();
    }
}
