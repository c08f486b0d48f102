package dev.tidings.adapters.providers.meta;

import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.SecretText;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Statuses as the WhatsApp Cloud API posts them; they may come twice, and in any order. */
final class MetaStatuses implements CallbackReader {

    private static final ProviderName NAME = new ProviderName("whatsapp");
    private static final String SIGNATURE = "x-hub-signature-256";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_CHALLENGE = 1_000;

    private final MetaConfiguration.Settings settings;
    private final InstantSource clock;

    MetaStatuses(MetaConfiguration.Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ProviderName provider() {
        return NAME;
    }

    @Override
    public Reading read(Callback callback) {
        return callback.method().equals("GET") ? challenge(callback) : statuses(callback);
    }

    private Reading challenge(Callback callback) {
        if (settings.verifyToken().isBlank()) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        Map<String, List<String>> query;
        try {
            query = Form.decoded(
                    Optional.ofNullable(callback.url().getRawQuery()).orElse(""));
        } catch (IllegalArgumentException e) {
            return new Reading.Refused(Why.FORGED);
        }
        String challenge = Form.first(query, "hub.challenge");
        boolean genuine = SecretText.isSame(settings.verifyToken(), Form.first(query, "hub.verify_token"))
                && Form.first(query, "hub.mode").equals("subscribe")
                && !challenge.isEmpty()
                && challenge.length() <= LONGEST_CHALLENGE;
        return genuine ? new Reading.Challenged(challenge) : new Reading.Refused(Why.FORGED);
    }

    private Reading statuses(Callback callback) {
        if (settings.appSecret().isBlank()) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        List<String> given = callback.headers().getOrDefault(SIGNATURE, List.of());
        if (given.size() != 1 || !SecretText.isSame("sha256=" + signatureOf(callback.body()), given.getFirst())) {
            return new Reading.Refused(Why.FORGED);
        }
        JsonNode body = Json.read(callback.body());
        if (!body.isObject()) {
            return new Reading.Unreadable("not an object");
        }
        List<ProviderNews> news = new ArrayList<>();
        for (JsonNode entry : body.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                for (JsonNode status : change.path("value").path("statuses")) {
                    report(status).ifPresent(news::add);
                }
            }
        }
        return new Reading.Genuine(news);
    }

    private String signatureOf(ByteBuffer body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(settings.appSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(body.duplicate());
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<DeliveryReport> report(JsonNode status) {
        String id = Json.text(status, "id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Instant at = at(status);
        return switch (Json.text(status, "status")) {
            case "sent" -> report(id, ReportedStage.ACCEPTED, null, at);
            case "delivered" -> report(id, ReportedStage.DELIVERED, null, at);
            case "read" -> report(id, ReportedStage.READ, null, at);
            case "failed" ->
                report(id, ReportedStage.BOUNCED, failure(status.path("errors").path(0)), at);
            default -> Optional.empty();
        };
    }

    private static Optional<DeliveryReport> report(
            String id, ReportedStage stage, @Nullable Failure failure, Instant at) {
        return Optional.of(new DeliveryReport(id, null, stage, failure, null, at));
    }

    private static Failure failure(JsonNode error) {
        String code = Json.text(error, "code");
        return new Failure(
                code.isEmpty() ? "failed" : code, Discretion.NOTHING_SECRET.about(Json.text(error, "title")));
    }

    /** In seconds of the epoch, as a text. */
    private Instant at(JsonNode status) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(Json.text(status, "timestamp")));
        } catch (NumberFormatException | DateTimeException e) {
            return clock.instant();
        }
    }
}
