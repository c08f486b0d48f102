package dev.tidings.adapters.providers.msg91;

import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.RetryAfter;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What MSG91 says, which may be an error under status 200. That, its codes, and the names in WhatsApp's answers were not
 * found in its documents, and are as its clients have met them.
 */
final class Msg91Answer {

    private static final int ADDRESS_NOT_ALLOWED = 418;

    private Msg91Answer() {}

    static SendOutcome outcome(Answered answer, OutgoingMessage message, Discretion discretion, Instant now) {
        JsonNode body = Json.read(answer.body());
        boolean isError = isError(body);
        if (answer.isSuccess() && isSuccess(body) && !isError) {
            return new SendOutcome.Accepted(id(body));
        }
        int code = body.path("code").asInt(0);
        Failure failure = new Failure(
                code == 0 ? Integer.toString(answer.status()) : answer.status() + " " + code,
                discretion.about(message, Json.text(body, "message")));
        Duration retryAfter = RetryAfter.in(answer.headers(), now);
        if (answer.isSuccess() && isError) {
            return refused(code, failure);
        }
        return answer.status() == ADDRESS_NOT_ALLOWED
                ? new ProviderDown(failure, retryAfter)
                : UsualOutcomes.of(answer.status(), failure, retryAfter);
    }

    private static boolean isError(JsonNode body) {
        return Json.text(body, "type").equals("error")
                || Json.text(body, "status").equals("fail")
                || body.path("hasError").asBoolean(false);
    }

    private static boolean isSuccess(JsonNode body) {
        return Json.text(body, "type").equals("success")
                || Json.text(body, "status").equals("success");
    }

    private static SendOutcome refused(int code, Failure failure) {
        return switch (code) {
            // Our key, our address, our account: no login, blocked, no money left, expired, banned.
            case 201, 207, 208, 301, 302, 303, 401, 418 -> new ProviderDown(failure);
            case 506 -> new FailedForNow(failure, Duration.ZERO);
            default -> new FailedForGood(failure);
        };
    }

    private static @Nullable String id(JsonNode body) {
        return Stream.of(
                        Json.text(body, "request_id"),
                        Json.text(body.path("data"), "message_uuid"),
                        Json.text(body, "message"))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
