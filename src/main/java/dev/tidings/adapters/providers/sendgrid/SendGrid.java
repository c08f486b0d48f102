package dev.tidings.adapters.providers.sendgrid;

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
import dev.tidings.domain.recipient.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends one mail a call. SendGrid has no key by which it would know a repetition; a mailbox may, by the Message-ID. */
final class SendGrid implements Vendor {

    private static final int ACCEPTED = 202;

    private final InstantSource clock;
    private final URI url;
    private final String login;
    private final Map<String, String> from;
    private final String domain;
    private final Discretion discretion;

    SendGrid(SendGridSettings settings, InstantSource clock) {
        this.clock = clock;
        this.url = BaseUrl.of(settings.baseUrl()).at("/v3/mail/send");
        this.login = "Bearer " + settings.apiKey();
        String sender = settings.sender().value();
        this.from = mailbox(sender, settings.fromName());
        this.domain = sender.substring(sender.lastIndexOf('@') + 1);
        this.discretion = new Discretion(List.of(settings.apiKey()));
    }

    private static Map<String, String> mailbox(String address, String name) {
        return name.isBlank() ? Map.of("email", address) : Map.of("email", address, "name", name);
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Order order(OutgoingMessage message) {
        if (message.message().extras().media() != null) {
            return new Order.Refused(new SendOutcome.Unsuitable(new Failure("media", "media can't be attached here")));
        }
        return new Order.Call(HttpRequest.newBuilder(url)
                .header("Authorization", login)
                .header("Content-Type", Json.TYPE)
                .POST(BodyPublishers.ofString(Json.write(mail(message))))
                .build());
    }

    private Map<String, Object> mail(OutgoingMessage message) {
        String id = message.notificationId().toString();
        String name = message.recipientName() == null ? "" : message.recipientName();
        Map<String, Object> mail = new LinkedHashMap<>();
        mail.put(
                "personalizations",
                List.of(Map.of(
                        "to",
                        List.of(mailbox(message.recipient().value(), name)),
                        "custom_args",
                        Map.of("notification_id", id, "attempt", Integer.toString(message.attempt())))));
        mail.put("from", from);
        mail.put("subject", message.message().subject());
        mail.put("content", content(message.message()));
        // The same on every attempt and as by SMTP, so that a mailbox can drop a duplicate.
        mail.put("headers", Map.of("Message-ID", "<" + id + "@" + domain + ">", "Auto-Submitted", "auto-generated"));
        return mail;
    }

    /** In the order that SendGrid insists on; it takes no empty part. */
    private static List<Map<String, String>> content(Message message) {
        List<Map<String, String>> parts = new ArrayList<>();
        String html = message.html();
        if (!message.text().isEmpty() || html == null) {
            parts.add(Map.of("type", "text/plain", "value", message.text()));
        }
        if (html != null) {
            parts.add(Map.of("type", "text/html", "value", html));
        }
        return parts;
    }

    @Override
    public SendOutcome outcome(Answered answer, OutgoingMessage message) {
        if (answer.status() == ACCEPTED) {
            return new SendOutcome.Accepted(
                    answer.headers().firstValue("X-Message-Id").orElse(null));
        }
        String words = Json.text(Json.read(answer.body()).path("errors").path(0), "message");
        Failure failure = new Failure(Integer.toString(answer.status()), discretion.about(message, words));
        return UsualOutcomes.of(answer.status(), failure, retryAfter(answer));
    }

    private Duration retryAfter(Answered answer) {
        Instant now = clock.instant();
        Duration wish = RetryAfter.in(answer.headers(), now);
        return wish.isZero()
                ? answer.headers()
                        .firstValue("X-RateLimit-Reset")
                        .map(reset -> RetryAfter.untilEpochSecond(reset, now))
                        .orElse(Duration.ZERO)
                : wish;
    }
}
