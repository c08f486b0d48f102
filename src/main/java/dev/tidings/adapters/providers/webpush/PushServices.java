package dev.tidings.adapters.providers.webpush;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.adapters.providers.http.RetryAfter;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PushSubscription;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Posts each message to the push service that the browser has chosen. */
final class PushServices implements Vendor {

    /** Bytes before encryption: a push service takes 4,096 (RFC 8030, 7.2), and encryption adds 103 (RFC 8291, 4). */
    private static final int LARGEST = 3_993;

    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int LONGEST_ID = 200;

    private final Vapid vapid;
    private final Duration ttl;
    private final boolean allowPrivate;
    private final @Nullable BaseUrl relay;
    private final InstantSource clock;
    private final Discretion discretion;

    PushServices(WebPush.Settings settings, InstantSource clock) {
        this.vapid = new Vapid(settings);
        this.ttl = settings.ttl();
        this.allowPrivate = settings.allowPrivate();
        this.relay = settings.baseUrl().isBlank() ? null : BaseUrl.of(settings.baseUrl());
        this.clock = clock;
        this.discretion = new Discretion(List.of(settings.privateKey()));
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public boolean reaches(Address address) {
        return address instanceof PushSubscription;
    }

    @Override
    public Order order(OutgoingMessage message) {
        if (!(message.recipient() instanceof PushSubscription browser)) {
            return new Order.Refused(new Unsuitable(new Failure("address", "is not a browser's subscription")));
        }
        SendOutcome noWay = noWayTo(browser.endpoint());
        if (noWay != null) {
            return new Order.Refused(noWay);
        }
        byte[] payload = Json.write(payload(message)).getBytes(StandardCharsets.UTF_8);
        if (payload.length > LARGEST) {
            return new Order.Refused(new FailedForGood(new Failure(
                    "too-large",
                    "title, text and data are " + payload.length + " bytes, and a push message has at most "
                            + LARGEST)));
        }
        byte[] encrypted = encrypted(payload, browser);
        return encrypted == null
                ? new Order.Refused(
                        new FailedForGood(new Failure("keys", "the subscription's p256dh is not a point on the curve")))
                : new Order.Call(request(browser.endpoint(), message.lane(), encrypted));
    }

    private @Nullable SendOutcome noWayTo(URI endpoint) {
        if (relay != null || allowPrivate) {
            return null;
        }
        try {
            return Destination.isPublic(endpoint)
                    ? null
                    : new FailedForGood(new Failure("endpoint", "the endpoint is not on the internet"));
        } catch (UnknownHostException e) {
            return ofOne(
                    endpoint, new ProviderDown(new Failure("unreachable", "the push service's name is not known")));
        }
    }

    private static Map<String, Object> payload(OutgoingMessage outgoing) {
        Message message = outgoing.message();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("title", message.subject());
        payload.put("body", message.text());
        payload.put("data", message.extras().data());
        payload.put("notification_id", outgoing.notificationId().toString());
        return payload;
    }

    /** Null where the browser's key is none. What encrypts is not made for several threads, and cheap to make. */
    private static byte @Nullable [] encrypted(byte[] payload, PushSubscription browser) {
        UserAgentMessageEncryptionKeyInfo keys;
        try {
            keys = UserAgentMessageEncryptionKeyInfo.of(browser.p256dh(), browser.auth());
        } catch (RuntimeException e) {
            return null;
        }
        return MessageEncryptions.of().encrypt(keys, PushMessage.of(payload)).toBytes();
    }

    private HttpRequest request(URI endpoint, Lane lane, byte[] encrypted) {
        return HttpRequest.newBuilder(relay == null ? endpoint : relay.at(pathOf(endpoint)))
                .header("Authorization", vapid.authorization(endpoint, clock.instant()))
                .header("TTL", Long.toString(ttl.toSeconds()))
                .header("Urgency", urgency(lane))
                .header("Content-Encoding", "aes128gcm")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(encrypted))
                .build();
    }

    private static String pathOf(URI endpoint) {
        String path = Objects.requireNonNullElse(endpoint.getRawPath(), "");
        return endpoint.getRawQuery() == null ? path : path + "?" + endpoint.getRawQuery();
    }

    private static String urgency(Lane lane) {
        return switch (lane) {
            case INSTANT, HIGH -> "high";
            case NORMAL -> "normal";
            case LOW -> "low";
        };
    }

    @Override
    public SendOutcome outcome(Answered answer, OutgoingMessage message) {
        if (answer.isSuccess()) {
            return new Accepted(idIn(answer.headers()));
        }
        Failure failure = new Failure(Integer.toString(answer.status()), discretion.about(message, answer.body()));
        Duration retryAfter = RetryAfter.in(answer.headers(), clock.instant());
        if (relay == null && (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN)) {
            // It may be this subscription alone that was made for another key. If our key is wrong they all fail,
            // and the circuit opens for that.
            return new FailedForNow(failure, retryAfter);
        }
        return switch (answer.status()) {
            case NOT_FOUND, GONE -> new RecipientGone(failure, SuppressionReason.GONE);
            case TOO_LARGE -> new FailedForGood(failure);
            default -> ofOne(message, UsualOutcomes.of(answer.status(), failure, retryAfter));
        };
    }

    /** Not its whole address, by which anybody could withdraw the message. */
    private static @Nullable String idIn(HttpHeaders headers) {
        return headers.firstValue("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .filter(id -> !id.isBlank() && id.length() <= LONGEST_ID)
                .orElse(null);
    }

    @Override
    public SendOutcome outcome(NotSent notSent, OutgoingMessage message) {
        return ofOne(message, UsualOutcomes.of(notSent));
    }

    private SendOutcome ofOne(OutgoingMessage message, SendOutcome outcome) {
        return message.recipient() instanceof PushSubscription browser ? ofOne(browser.endpoint(), outcome) : outcome;
    }

    /** Anybody can subscribe with a push service of their own: that it is down must not stop all others. */
    private SendOutcome ofOne(URI endpoint, SendOutcome outcome) {
        boolean concernsAll = relay != null || Destination.isWellKnown(endpoint);
        return outcome instanceof ProviderDown(Failure failure, Duration retryAfter) && !concernsAll
                ? new FailedForNow(failure, retryAfter)
                : outcome;
    }
}
