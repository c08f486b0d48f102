package dev.tidings.adapters.providers.twilio;

import dev.tidings.adapters.providers.ProviderKind.Surroundings;
import dev.tidings.adapters.providers.SentBefore;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.ReachableAgain;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Stage;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.SuppressionReason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Status callbacks, and what people write back: by STOP they opt out, by START in again. */
final class TwilioCallbacks implements CallbackReader {

    /** Twilio, "Advanced Opt-Out": what carriers in the USA have agreed on. */
    private static final Set<String> STOP_WORDS =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

    private static final Set<String> START_WORDS = Set.of("START", "UNSTOP");

    private final Channel channel;
    private final TwilioSignature signature;
    private final Surroundings surroundings;

    TwilioCallbacks(Channel channel, String authToken, Surroundings surroundings) {
        this.channel = channel;
        this.signature = new TwilioSignature(authToken);
        this.surroundings = surroundings;
    }

    @Override
    public ProviderName provider() {
        return surroundings.name();
    }

    @Override
    public Reading read(Callback callback) {
        SortedMap<String, List<String>> fields;
        try {
            fields = Form.decoded(callback.body());
        } catch (IllegalArgumentException e) {
            return new Reading.Refused(Why.FORGED);
        }
        List<String> signatures = callback.headers().getOrDefault("x-twilio-signature", List.of());
        if (signatures.size() != 1 || !signature.isGenuine(signatures.getFirst(), calledUrl(callback.url()), fields)) {
            return new Reading.Refused(Why.FORGED);
        }
        if (fields.containsKey("MessageStatus")) {
            return status(callback.url(), fields);
        }
        if (fields.containsKey("Body") || fields.containsKey("OptOutType")) {
            return new Reading.Genuine(
                    written(fields, surroundings.clock().instant()).stream().toList());
        }
        return new Reading.Unreadable("neither a status nor a message");
    }

    /** What Twilio was told to call, whatever a proxy has made of it. */
    private URI calledUrl(URI url) {
        if (surroundings.publicUrl() == null) {
            return url;
        }
        String path = url.getRawPath();
        return URI.create(surroundings.publicUrl()
                + path.substring(Math.max(0, path.indexOf("/callbacks/")))
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
    }

    private Reading status(URI url, Map<String, List<String>> fields) {
        String sid = Form.first(fields, "MessageSid");
        Optional<Sent> sent = sent(url);
        if (sid.isEmpty() && sent.isEmpty()) {
            return new Reading.Unreadable("a status without the id of a message");
        }
        String status = Form.first(fields, "MessageStatus");
        Instant now = surroundings.clock().instant();
        return switch (status) {
            case "accepted", "scheduled", "queued", "sending", "sent" -> report(sid, sent, Stage.ACCEPTED, now);
            case "delivered" -> report(sid, sent, Stage.DELIVERED, now);
            case "read" -> report(sid, sent, Stage.READ, now);
            case "undelivered", "failed", "canceled" -> bounced(sid, sent, status, fields, now);
            default -> new Reading.Genuine(List.of());
        };
    }

    private static Optional<Sent> sent(URI url) {
        try {
            Map<String, List<String>> query = Form.decoded(url.getRawQuery() == null ? "" : url.getRawQuery());
            return SentBefore.of(Form.first(query, "notification"), Form.first(query, "attempt"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Reading report(String sid, Optional<Sent> sent, Stage stage, Instant now) {
        return new Reading.Genuine(
                List.of(new DeliveryReport(sid.isEmpty() ? null : sid, sent.orElse(null), stage, null, null, now)));
    }

    private static Reading bounced(
            String sid, Optional<Sent> sent, String status, Map<String, List<String>> fields, Instant now) {
        String code = Form.first(fields, "ErrorCode");
        boolean isCode = code.matches("[0-9]{5}");
        SuppressionReason suppress =
                isCode ? TwilioError.suppression(Integer.parseInt(code)).orElse(null) : null;
        return new Reading.Genuine(List.of(new DeliveryReport(
                sid.isEmpty() ? null : sid,
                sent.orElse(null),
                Stage.BOUNCED,
                new Failure(isCode ? code : status, status),
                suppress,
                now)));
    }

    private Optional<ProviderNews> written(Map<String, List<String>> fields, Instant now) {
        return sender(Form.first(fields, "From")).flatMap(sender -> switch (wish(fields)) {
            case "STOP" -> Optional.of(new Unreachable(channel, sender, SuppressionReason.OPTED_OUT, now));
            case "START" -> Optional.of(new ReachableAgain(channel, sender, now));
            default -> Optional.empty();
        });
    }

    private static String wish(Map<String, List<String>> fields) {
        String type = Form.first(fields, "OptOutType");
        if (!type.isEmpty()) {
            return type;
        }
        String word = Form.first(fields, "Body").strip().toUpperCase(Locale.ROOT);
        return STOP_WORDS.contains(word) ? "STOP" : START_WORDS.contains(word) ? "START" : "";
    }

    /** Short codes, and senders with a name, are nobody we write to. */
    private static Optional<PhoneNumber> sender(String from) {
        try {
            return Optional.of(new PhoneNumber(from.replaceFirst("^whatsapp:", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
