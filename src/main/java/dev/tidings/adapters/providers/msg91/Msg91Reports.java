package dev.tidings.adapters.providers.msg91;

import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.SecretText;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.SuppressionReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Delivery reports, which nobody signs: who knows the secret at the end of the URL is MSG91. */
final class Msg91Reports implements CallbackReader {

    private static final String DO_NOT_CALL = "9";

    private final String secret;
    private final Surroundings surroundings;

    Msg91Reports(String secret, Surroundings surroundings) {
        this.secret = secret;
        this.surroundings = surroundings;
    }

    @Override
    public ProviderName provider() {
        return surroundings.name();
    }

    @Override
    public Reading read(Callback callback) {
        if (secret.isBlank()) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        String path = callback.url().getPath();
        if (!SecretText.isSame(secret, path.substring(path.lastIndexOf('/') + 1))) {
            return new Reading.Refused(Why.FORGED);
        }
        JsonNode reports = reports(callback.body());
        if (!reports.isArray()) {
            return new Reading.Unreadable("neither a form with data nor an array of reports");
        }
        Instant now = surroundings.clock().instant();
        List<ProviderNews> news = new ArrayList<>();
        for (JsonNode request : reports) {
            String id = Json.text(request, "requestId");
            if (!id.isEmpty()) {
                request.path("report").forEach(report -> news(id, report, now).ifPresent(news::add));
            }
        }
        return new Reading.Genuine(news);
    }

    private static JsonNode reports(ByteBuffer body) {
        JsonNode json = Json.read(body);
        if (json.isMissingNode()) {
            try {
                json = Json.read(Form.first(Form.decoded(body), "data"));
            } catch (IllegalArgumentException e) {
                return json;
            }
        }
        return json.isObject() && json.has("data") ? json.path("data") : json;
    }

    private static Optional<DeliveryReport> news(String id, JsonNode report, Instant now) {
        String status = Json.text(report, "status");
        return switch (status) {
            case "1" -> Optional.of(new DeliveryReport(id, null, Stage.DELIVERED, null, null, now));
            case "2", DO_NOT_CALL, "16", "17", "25" ->
                Optional.of(
                        new DeliveryReport(id, null, Stage.BOUNCED, failure(status, report), suppression(status), now));
            default -> Optional.empty();
        };
    }

    private static Failure failure(String status, JsonNode report) {
        return new Failure(
                status, new Discretion(List.of(Json.text(report, "number"))).about(Json.text(report, "desc")));
    }

    private static @Nullable SuppressionReason suppression(String status) {
        return status.equals(DO_NOT_CALL) ? SuppressionReason.OPTED_OUT : null;
    }
}
