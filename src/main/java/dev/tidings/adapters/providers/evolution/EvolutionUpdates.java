package dev.tidings.adapters.providers.evolution;

import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.SecretText;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The event {@code messages.update}. Its signature is a secret in a header; a message is known by its key, never by a number. */
final class EvolutionUpdates implements CallbackReader {

    private final String header;
    private final String expected;
    private final Surroundings surroundings;

    EvolutionUpdates(EvolutionWhatsApp.Settings settings, Surroundings surroundings) {
        boolean asToken = settings.callbackHeader().isBlank();
        this.header =
                asToken ? "authorization" : settings.callbackHeader().strip().toLowerCase(Locale.ROOT);
        this.expected = settings.callbackSecret().isBlank()
                ? ""
                : asToken ? "Bearer " + settings.callbackSecret() : settings.callbackSecret();
        this.surroundings = surroundings;
    }

    @Override
    public ProviderName provider() {
        return surroundings.name();
    }

    @Override
    public Reading read(Callback callback) {
        if (expected.isEmpty()) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        List<String> given = callback.headers().getOrDefault(header, List.of());
        if (given.size() != 1 || !SecretText.isSame(expected, given.getFirst())) {
            return new Reading.Refused(Why.FORGED);
        }
        JsonNode event = Json.read(callback.body());
        if (!event.isObject()) {
            return new Reading.Unreadable("not an event");
        }
        String name = Json.text(event, "event").toLowerCase(Locale.ROOT).replace('_', '.');
        return new Reading.Genuine(name.equals("messages.update") ? news(event.path("data")) : List.of());
    }

    private List<ProviderNews> news(JsonNode data) {
        Instant now = surroundings.clock().instant();
        List<ProviderNews> news = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(each -> news(each, now).ifPresent(news::add));
        } else {
            news(data, now).ifPresent(news::add);
        }
        return news;
    }

    private static Optional<DeliveryReport> news(JsonNode update, Instant now) {
        String id = Json.text(update, "keyId");
        if (id.isEmpty() || !update.path("fromMe").asBoolean(false)) {
            return Optional.empty();
        }
        return switch (Json.text(update, "status")) {
            case "ERROR" -> report(id, Stage.BOUNCED, new Failure("ERROR", "WhatsApp didn't take it"), now);
            case "PENDING", "SERVER_ACK" -> report(id, Stage.ACCEPTED, null, now);
            case "DELIVERY_ACK" -> report(id, Stage.DELIVERED, null, now);
            case "READ", "PLAYED" -> report(id, Stage.READ, null, now);
            default -> Optional.empty();
        };
    }

    private static Optional<DeliveryReport> report(String id, Stage stage, @Nullable Failure failure, Instant now) {
        return Optional.of(new DeliveryReport(id, null, stage, failure, null, now));
    }
}
