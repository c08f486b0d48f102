package dev.tidings.adapters.mail;

import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.recipient.SuppressionReason;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what relays say of mails that they had accepted (RFC 3464), and what mailbox providers say of those that people
 * called spam (RFC 5965). All other mail, such as of people on holiday, is nothing to us.
 */
final class ReturnedMail {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final int MOST_PARTS = 20;
    private static final int MOST_RECIPIENTS = 20;
    private static final int MOST_ATTEMPTS = 1_000;

    private static final Pattern BLANK_LINES = Pattern.compile("\\r?\\n[ \\t]*\\r?\\n");
    private static final Pattern STATUS = Pattern.compile("\\s*([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*", Pattern.DOTALL);
    private static final Pattern ATTEMPT = Pattern.compile("\\s*(\\d{1,4})\\s*");
    private static final Pattern TYPE_OF_WORDS = Pattern.compile("^\\s*[\\w-]+\\s*;\\s*");

    /** There is no such mailbox or domain, or it has moved away (RFC 3463, 3.2; RFC 7505, 6). All else may pass. */
    private static final Set<String> NOBODY_THERE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud");

    private final Pattern messageId;
    private final InstantSource clock;

    /** @param domain in which our message ids are */
    ReturnedMail(String domain, InstantSource clock) {
        this.messageId =
                Pattern.compile("\\s*<([0-9a-fA-F-]{36})@" + Pattern.quote(domain) + ">\\s*", Pattern.CASE_INSENSITIVE);
        this.clock = clock;
    }

    List<ProviderNews> read(ByteBuffer bytes) throws MessagingException, IOException {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        MimeMessage mail = new MimeMessage(SESSION, new ByteArrayInputStream(content));
        if (mail.getHeader("Content-Type") == null && mail.getHeader("From") == null) {
            throw new MessagingException("it has neither a Content-Type nor a sender");
        }
        if (!mail.isMimeType("multipart/report")) {
            return List.of();
        }
        return switch (reportType(mail)) {
            case "delivery-status" -> deliveryReports(parts(mail), mail);
            case "feedback-report" -> complaints(parts(mail), mail);
            default -> List.of();
        };
    }

    private static String reportType(MimeMessage mail) throws MessagingException {
        String type = new ContentType(mail.getContentType()).getParameter("report-type");
        return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    }

    private static List<BodyPart> parts(MimeMessage mail) throws MessagingException, IOException {
        if (!(mail.getContent() instanceof MimeMultipart all)) {
            throw new MessagingException("its parts can't be told apart");
        }
        if (all.getCount() > MOST_PARTS) {
            throw new MessagingException("it has more than " + MOST_PARTS + " parts");
        }
        List<BodyPart> parts = new ArrayList<>();
        for (int i = 0; i < all.getCount(); i++) {
            parts.add(all.getBodyPart(i));
        }
        return parts;
    }

    private List<ProviderNews> deliveryReports(List<BodyPart> parts, MimeMessage mail)
            throws MessagingException, IOException {
        InputStream status = part(parts, "message/delivery-status", "message/global-delivery-status");
        if (status == null) {
            throw new MessagingException("it has no part with the status of delivery");
        }
        Sent sent = sent(parts);
        if (sent == null) {
            return List.of();
        }
        Instant at = at(mail);
        List<ProviderNews> news = new ArrayList<>();
        for (InternetHeaders group : groups(status)) {
            if (isOfARecipient(group) && news.size() < MOST_RECIPIENTS) {
                news.add(report(group, sent, at));
            }
        }
        if (news.isEmpty()) {
            throw new MessagingException("it names no recipient");
        }
        return news;
    }

    /** Of the mail, then of each recipient; with blank lines between, and some write more of them than they should. */
    private static List<InternetHeaders> groups(InputStream status) throws MessagingException, IOException {
        List<InternetHeaders> groups = new ArrayList<>();
        for (String group : BLANK_LINES.split(new String(status.readAllBytes(), StandardCharsets.UTF_8), -1)) {
            if (!group.isBlank()) {
                groups.add(new InternetHeaders(
                        new ByteArrayInputStream(group.strip().getBytes(StandardCharsets.UTF_8)), true));
            }
        }
        return groups;
    }

    private static boolean isOfARecipient(InternetHeaders group) {
        return group.getHeader("Final-Recipient") != null || group.getHeader("Action") != null;
    }

    private static DeliveryReport report(InternetHeaders recipient, Sent sent, Instant at) throws MessagingException {
        String status = status(recipient);
        ReportedStage stage = stage(action(recipient, status));
        boolean failed = stage == ReportedStage.BOUNCED;
        return new DeliveryReport(
                null,
                sent,
                stage,
                failed ? new Failure(status, words(recipient)) : null,
                failed && NOBODY_THERE.contains(status) ? SuppressionReason.BOUNCED : null,
                at);
    }

    private static String status(InternetHeaders recipient) throws MessagingException {
        Matcher status = STATUS.matcher(header(recipient, "Status"));
        if (!status.matches()) {
            throw new MessagingException("it names no status such as 5.1.1");
        }
        return status.group(1);
    }

    private static String action(InternetHeaders recipient, String status) {
        String action = header(recipient, "Action").strip().toLowerCase(Locale.ROOT);
        return switch (action.isEmpty() ? status.charAt(0) : ' ') {
            case '2' -> "delivered";
            case '4' -> "delayed";
            case '5' -> "failed";
            default -> action;
        };
    }

    /** A relay that has given up says so as the action, even where what was in the way would have passed (4.x.x). */
    private static ReportedStage stage(String action) throws MessagingException {
        return switch (action) {
            case "failed" -> ReportedStage.BOUNCED;
            case "delivered" -> ReportedStage.DELIVERED;
            case "delayed", "relayed", "expanded" -> ReportedStage.ACCEPTED;
            default -> throw new MessagingException("it names no action that is known");
        };
    }

    private static String words(InternetHeaders recipient) {
        String words = TYPE_OF_WORDS
                .matcher(header(recipient, "Diagnostic-Code"))
                .replaceFirst("")
                .strip();
        String address = TYPE_OF_WORDS
                .matcher(header(recipient, "Final-Recipient"))
                .replaceFirst("")
                .strip();
        return words.isEmpty() ? "the relay doesn't say why" : Discretion.about(address, words);
    }

    private List<ProviderNews> complaints(List<BodyPart> parts, MimeMessage mail)
            throws MessagingException, IOException {
        InputStream feedback = part(parts, "message/feedback-report");
        if (feedback == null) {
            throw new MessagingException("it has no part with the feedback");
        }
        String type =
                header(new InternetHeaders(feedback), "Feedback-Type").strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            throw new MessagingException("it doesn't say what kind of feedback it is");
        }
        Sent sent = sent(parts);
        return sent == null || !COMPLAINTS.contains(type)
                ? List.of()
                : List.of(new DeliveryReport(
                        null, sent, ReportedStage.COMPLAINED, null, SuppressionReason.COMPLAINED, at(mail)));
    }

    /** What was ours among the headers that came back; absent if it was not ours. */
    private @Nullable Sent sent(List<BodyPart> parts) throws MessagingException, IOException {
        InputStream original =
                part(parts, "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers");
        if (original == null) {
            return null;
        }
        InternetHeaders headers = new InternetHeaders(original);
        Matcher id = messageId.matcher(header(headers, "Message-ID"));
        if (!id.matches()) {
            return null;
        }
        return new Sent(NotificationId.of(id.group(1)), attempt(header(headers, MailWriter.ATTEMPT)));
    }

    private static int attempt(String given) {
        Matcher attempt = ATTEMPT.matcher(given);
        int number = attempt.matches() ? Integer.parseInt(attempt.group(1)) : 0;
        return number <= MOST_ATTEMPTS ? number : 0;
    }

    private static @Nullable InputStream part(List<BodyPart> parts, String... types)
            throws MessagingException, IOException {
        for (BodyPart part : parts) {
            for (String type : types) {
                if (part.isMimeType(type)) {
                    return part.getInputStream();
                }
            }
        }
        return null;
    }

    private static String header(InternetHeaders headers, String name) {
        String[] values = headers.getHeader(name);
        return values == null ? "" : values[0];
    }

    private Instant at(MimeMessage mail) throws MessagingException {
        Date date = mail.getSentDate();
        return date == null ? clock.instant() : date.toInstant();
    }
}
