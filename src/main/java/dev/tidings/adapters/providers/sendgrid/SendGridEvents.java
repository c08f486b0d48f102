package dev.tidings.adapters.providers.sendgrid;

import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.SentBefore;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The event webhook: many events in one call. */
final class SendGridEvents implements CallbackReader {

    private static final String SIGNATURE = "x-twilio-email-event-webhook-signature";
    private static final String TIMESTAMP = "x-twilio-email-event-webhook-timestamp";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    /** Clocks differ. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final Surroundings surroundings;
    private final @Nullable SendGridSignature signature;
    private final Duration age;

    SendGridEvents(SendGridSettings settings, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.signature =
                settings.webhookPublicKey().isBlank() ? null : new SendGridSignature(settings.webhookPublicKey());
        this.age = settings.webhookAge();
    }

    @Override
    public ProviderName provider() {
        return surroundings.name();
    }

    @Override
    public Reading read(Callback callback) {
        if (signature == null) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        String timestamp = header(callback, TIMESTAMP);
        if (!SECONDS.matcher(timestamp).matches()
                || !signature.isGenuine(header(callback, SIGNATURE), timestamp, callback.body())) {
            return new Reading.Refused(Why.FORGED);
        }
        Instant now = surroundings.clock().instant();
        Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (signed.isBefore(now.minus(age)) || signed.isAfter(now.plus(EARLY))) {
            return new Reading.Refused(Why.STALE);
        }
        JsonNode events = Json.read(callback.body());
        if (!events.isArray()) {
            return new Reading.Unreadable("not an array of events");
        }
        List<ProviderNews> news = new ArrayList<>();
        events.forEach(event -> news(event, now).ifPresent(news::add));
        return new Reading.Genuine(news);
    }

    private static String header(Callback callback, String name) {
        List<String> values = callback.headers().getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : "";
    }

    private static Optional<ProviderNews> news(JsonNode event, Instant now) {
        long second = event.path("timestamp").asLong(0);
        Instant at = second > 0 && second <= now.getEpochSecond() ? Instant.ofEpochSecond(second) : now;
        return switch (Json.text(event, "event")) {
            case "processed" -> report(event, Stage.ACCEPTED, null, null, at);
            case "delivered" -> report(event, Stage.DELIVERED, null, null, at);
            case "open" ->
                event.path("sg_machine_open").asBoolean(false)
                        ? Optional.empty()
                        : report(event, Stage.READ, null, null, at);
            case "click" -> report(event, Stage.READ, null, null, at);
            case "bounce" -> report(event, Stage.BOUNCED, failure(event), afterBounce(event), at);
            case "dropped" -> report(event, Stage.BOUNCED, failure(event), afterDrop(event), at);
            case "spamreport" -> report(event, Stage.COMPLAINED, null, SuppressionReason.COMPLAINED, at);
            case "unsubscribe", "group_unsubscribe" -> unsubscribed(event, at);
            default -> Optional.empty();
        };
    }

    private static Optional<ProviderNews> report(
            JsonNode event, Stage stage, @Nullable Failure failure, @Nullable SuppressionReason suppress, Instant at) {
        String id = messageId(event);
        Optional<Sent> sent = SentBefore.of(Json.text(event, "notification_id"), Json.text(event, "attempt"));
        return id.isEmpty() && sent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DeliveryReport(id.isEmpty() ? null : id, sent.orElse(null), stage, failure, suppress, at));
    }

    /** {@code sg_message_id} is the X-Message-Id, a dot, and which of SendGrid's machines had it. */
    private static String messageId(JsonNode event) {
        String id = Json.text(event, "sg_message_id");
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    private static Failure failure(JsonNode event) {
        String status = Json.text(event, "status");
        Discretion discretion = new Discretion(List.of(Json.text(event, "email")));
        return new Failure(
                status.isEmpty() ? Json.text(event, "event") : discretion.about(status),
                discretion.about(Json.text(event, "reason")));
    }

    /** The other type, {@code blocked}, is about the message or about us. */
    private static @Nullable SuppressionReason afterBounce(JsonNode event) {
        return Json.text(event, "type").equals("bounce") ? SuppressionReason.BOUNCED : null;
    }

    /** What SendGrid had found out before, and therefore didn't try. */
    private static @Nullable SuppressionReason afterDrop(JsonNode event) {
        return switch (Json.text(event, "reason")) {
            case "Bounced Address", "Invalid" -> SuppressionReason.BOUNCED;
            case "Spam Reporting Address" -> SuppressionReason.COMPLAINED;
            case "Unsubscribed Address" -> SuppressionReason.UNSUBSCRIBED;
            default -> null;
        };
    }

    private static Optional<ProviderNews> unsubscribed(JsonNode event, Instant at) {
        try {
            EmailAddress address = new EmailAddress(Json.text(event, "email"));
            return Optional.of(new Unreachable(Channel.EMAIL, address, SuppressionReason.UNSUBSCRIBED, at));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
