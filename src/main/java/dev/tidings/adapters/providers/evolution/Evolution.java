package dev.tidings.adapters.providers.evolution;

import dev.tidings.adapters.providers.Vendor;
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
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends one message a call, by the instance that the message's option of that name says. */
final class Evolution implements Vendor {

    private static final int BAD_REQUEST = 400;
    private static final int NO_SUCH_INSTANCE = 404;
    private static final String INSTANCE = "instance";

    private final BaseUrl base;
    private final String apiKey;
    private final String instance;
    private final InstantSource clock;
    private final Discretion discretion;

    Evolution(EvolutionWhatsApp.Settings settings, InstantSource clock) {
        this.base = BaseUrl.of(settings.baseUrl());
        this.apiKey = settings.apiKey();
        this.instance = settings.instance();
        this.clock = clock;
        this.discretion = new Discretion(List.of(settings.apiKey()));
    }

    @Override
    public Channel channel() {
        return Channel.WHATSAPP;
    }

    @Override
    public Order order(OutgoingMessage outgoing) {
        Message message = outgoing.message();
        String by = message.extras().options().getOrDefault(INSTANCE, instance);
        if (by.isBlank()) {
            return unsuitable(INSTANCE, "neither the message nor the configuration names an instance");
        }
        URI media = message.extras().media();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", ((PhoneNumber) outgoing.recipient()).withoutPlus());
        if (media == null) {
            body.put("text", message.text());
            return post("/message/sendText/", by, body);
        }
        Optional<Media> kind = Media.of(media);
        if (kind.isEmpty()) {
            return unsuitable("media", "it can't be told from its address what kind of media it is");
        }
        body.put("mediatype", kind.get().type());
        body.put("mimetype", kind.get().mimeType());
        body.put("caption", message.text());
        body.put("media", media.toString());
        body.put("fileName", Media.fileName(media));
        return post("/message/sendMedia/", by, body);
    }

    private static Order unsuitable(String code, String detail) {
        return new Order.Refused(new SendOutcome.Unsuitable(new Failure(code, detail)));
    }

    private Order post(String path, String by, Map<String, Object> body) {
        return new Order.Call(HttpRequest.newBuilder(base.at(path + BaseUrl.segment(by)))
                .header("apikey", apiKey)
                .header("Content-Type", Json.TYPE)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    @Override
    public SendOutcome outcome(Answered answer, OutgoingMessage message) {
        JsonNode body = Json.read(answer.body());
        String id = Json.text(body.path("key"), "id");
        if (answer.isSuccess() && !id.isEmpty()) {
            return new SendOutcome.Accepted(id);
        }
        JsonNode said = body.path("response").path("message").path(0);
        Failure failure = new Failure(Integer.toString(answer.status()), discretion.about(message, said.asString("")));
        Duration retryAfter = RetryAfter.in(answer.headers(), clock.instant());
        return switch (answer.status()) {
            case BAD_REQUEST -> refused(said, failure, retryAfter);
            case NO_SUCH_INSTANCE ->
                message.message().extras().options().containsKey(INSTANCE)
                        ? new FailedForGood(failure)
                        : UsualOutcomes.of(answer.status(), failure, retryAfter);
            default -> UsualOutcomes.of(answer.status(), failure, retryAfter);
        };
    }

    private static SendOutcome refused(JsonNode said, Failure failure, Duration retryAfter) {
        if (said.isObject() && said.has("exists") && !said.path("exists").asBoolean(true)) {
            return new RecipientGone(
                    new Failure(failure.code(), "the number is not on WhatsApp"), SuppressionReason.BOUNCED);
        }
        return said.isString() ? new FailedForNow(failure, retryAfter) : new FailedForGood(failure);
    }
}
