package dev.tidings.adapters.providers.twilio;

import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.RetryAfter;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message.Extras;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Creates a Message resource for each message. Twilio has no key by which it would know a repetition. */
final class Twilio implements Vendor {

    private static final String FOR_WHATSAPP = "whatsapp:";

    private final Channel channel;
    private final TwilioSettings settings;
    private final Surroundings surroundings;
    private final URI url;
    private final String login;
    private final Discretion discretion;

    Twilio(Channel channel, TwilioSettings settings, Surroundings surroundings) {
        this.channel = channel;
        this.settings = settings;
        this.surroundings = surroundings;
        this.url = BaseUrl.of(settings.baseUrl())
                .at("/2010-04-01/Accounts/" + BaseUrl.segment(settings.accountSid()) + "/Messages.json");
        this.login = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (settings.accountSid() + ":" + settings.authToken()).getBytes(StandardCharsets.UTF_8));
        this.discretion = new Discretion(List.of(settings.authToken(), settings.accountSid()));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Order order(OutgoingMessage message) {
        return new Order.Call(HttpRequest.newBuilder(url)
                .header("Authorization", login)
                .header("Content-Type", Form.TYPE)
                .header("Accept", Json.TYPE)
                .POST(BodyPublishers.ofString(Form.encoded(fields(message))))
                .build());
    }

    private Map<String, String> fields(OutgoingMessage message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", number(message.recipient().value()));
        if (settings.messagingServiceSid().isBlank()) {
            fields.put("From", number(settings.from()));
        } else {
            fields.put("MessagingServiceSid", settings.messagingServiceSid());
        }
        Extras extras = message.message().extras();
        String contentSid = contentSid(extras);
        if (contentSid.isEmpty()) {
            fields.put("Body", message.message().text());
        } else {
            fields.put("ContentSid", contentSid);
            fields.put("ContentVariables", Json.write(extras.variables()));
        }
        if (extras.media() != null) {
            fields.put("MediaUrl", extras.media().toString());
        }
        surroundings
                .callbackUrl()
                .ifPresent(callbacks -> fields.put(
                        "StatusCallback",
                        callbacks + "?notification=" + message.notificationId() + "&attempt=" + message.attempt()));
        return fields;
    }

    private String number(String value) {
        return channel != Channel.WHATSAPP || value.startsWith(FOR_WHATSAPP) ? value : FOR_WHATSAPP + value;
    }

    private String contentSid(Extras extras) {
        return channel != Channel.WHATSAPP || extras.template() == null
                ? ""
                : settings.templates().getOrDefault(extras.template(), "");
    }

    @Override
    public SendOutcome outcome(Answered answer, OutgoingMessage message) {
        JsonNode body = Json.read(answer.body());
        String sid = Json.text(body, "sid");
        if (answer.isSuccess() && !sid.isEmpty()) {
            return new SendOutcome.Accepted(sid);
        }
        int code = answer.isSuccess() ? 0 : body.path("code").asInt(0);
        Failure failure = new Failure(
                code == 0 ? Integer.toString(answer.status()) : answer.status() + " " + code,
                discretion.about(message, Json.text(body, "message")));
        Duration retryAfter =
                RetryAfter.in(answer.headers(), surroundings.clock().instant());
        return TwilioError.outcome(code, failure, retryAfter)
                .orElseGet(() -> UsualOutcomes.of(answer.status(), failure, retryAfter));
    }
}
