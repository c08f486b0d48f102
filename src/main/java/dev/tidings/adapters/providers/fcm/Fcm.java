package dev.tidings.adapters.providers.fcm;

import dev.tidings.adapters.providers.Vendor;
import dev.tidings.adapters.providers.fcm.AccessTokens.Grant;
import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.RetryAfter;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sends one message a call. What went wrong is told by the error code in the details, less by the status. */
final class Fcm implements Vendor {

    /** Bytes of what the app gets (Firebase, "About FCM messages"). */
    private static final int LARGEST = 4_096;

    private static final Duration QUOTA_RESPITE = Duration.ofMinutes(1);
    private static final int UNAUTHORIZED = 401;
    private static final String TOKEN_FIELD = "message.token";

    private final URI send;
    private final AccessTokens tokens;
    private final InstantSource clock;

    Fcm(FcmPush.Settings settings, InstantSource clock) {
        ServiceAccount account = ServiceAccount.from(settings.credentials());
        this.send = BaseUrl.of(settings.baseUrl())
                .at("/v1/projects/" + BaseUrl.segment(account.projectId()) + "/messages:send");
        this.tokens = new AccessTokens(account, clock);
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public boolean reaches(Address address) {
        return address instanceof DeviceToken;
    }

    @Override
    public Order order(OutgoingMessage outgoing) {
        if (!(outgoing.recipient() instanceof DeviceToken token)) {
            return new Order.Refused(new Unsuitable(new Failure("address", "is not the token of a device")));
        }
        Map<String, Object> message = content(outgoing);
        int size = Json.write(message).getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST) {
            return new Order.Refused(new FailedForGood(new Failure(
                    "too-large",
                    "title, text and data are " + size + " bytes, and a push message has at most " + LARGEST)));
        }
        message.put("token", token.value());
        return switch (tokens.current()) {
            case Grant.Refused refused -> new Order.Refused(new ProviderDown(refused.failure()));
            case Grant.Given given ->
                new Order.Call(HttpRequest.newBuilder(send)
                        .header("Authorization", "Bearer " + given.token())
                        .header("Content-Type", Json.TYPE)
                        .POST(BodyPublishers.ofString(Json.write(Map.of("message", message))))
                        .build());
        };
    }

    private static Map<String, Object> content(OutgoingMessage outgoing) {
        Message message = outgoing.message();
        Map<String, String> notification = new LinkedHashMap<>();
        if (!message.subject().isBlank()) {
            notification.put("title", message.subject());
        }
        notification.put("body", message.text());
        Map<String, String> data = new LinkedHashMap<>(message.extras().data());
        data.put("notification_id", outgoing.notificationId().toString());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("notification", notification);
        content.put("data", data);
        return content;
    }

    @Override
    public SendOutcome outcome(Answered answer, OutgoingMessage message) {
        JsonNode body = Json.read(answer.body());
        String name = Json.text(body, "name");
        if (answer.isSuccess() && !name.isEmpty()) {
            return new SendOutcome.Accepted(name);
        }
        Discretion discretion = new Discretion(tokens.known());
        if (answer.status() == UNAUTHORIZED) {
            tokens.forget();
        }
        JsonNode error = body.path("error");
        String code = errorCode(error);
        Failure failure = new Failure(
                code.isEmpty() ? Integer.toString(answer.status()) : code,
                discretion.about(message, Json.text(error, "message")));
        Duration retryAfter = RetryAfter.in(answer.headers(), clock.instant());
        return switch (code) {
            case "UNREGISTERED" -> new RecipientGone(failure, SuppressionReason.GONE);
            case "INVALID_ARGUMENT" ->
                blamesTheToken(error) ? new RecipientGone(failure, SuppressionReason.GONE) : new FailedForGood(failure);
            // The token is another project's, which another provider may be configured for.
            case "SENDER_ID_MISMATCH" -> new Unsuitable(failure);
            // Apple does not take what we have given to Firebase for it; all other devices are reached.
            case "THIRD_PARTY_AUTH_ERROR" -> new FailedForNow(failure, retryAfter);
            case "QUOTA_EXCEEDED" ->
                new ProviderDown(failure, retryAfter.compareTo(QUOTA_RESPITE) > 0 ? retryAfter : QUOTA_RESPITE);
            case "UNAVAILABLE", "INTERNAL" -> new FailedForNow(failure, retryAfter);
            default -> UsualOutcomes.of(answer.status(), failure, retryAfter);
        };
    }

    private static String errorCode(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            String code = Json.text(detail, "errorCode");
            if (!code.isEmpty()) {
                return code;
            }
        }
        return "";
    }

    private static boolean blamesTheToken(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            for (JsonNode violation : detail.path("fieldViolations")) {
                if (TOKEN_FIELD.equals(Json.text(violation, "field"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
