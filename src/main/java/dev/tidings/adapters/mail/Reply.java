package dev.tidings.adapters.mail;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a relay answered.
 *
 * @param code RFC 5321, 4.2
 * @param text all its lines as received, codes included
 */
record Reply(int code, String text) {

    /** RFC 3463, 2, at the start of a reply's text (RFC 2034, 4). */
    private static final Pattern ENHANCED = Pattern.compile("\\A\\d{3}[ -](([245])\\.\\d{1,3}\\.\\d{1,3})(?!\\S)");

    private static final Pattern START_OF_LINE =
            Pattern.compile("^\\d{3}[ -]?(?:[245]\\.\\d{1,3}\\.\\d{1,3}(?:\\s|$))?");

    /** As Postfix, Exim, Sendmail and Amazon SES tell the name under which they queued a mail. */
    private static final Pattern QUEUE_ID = Pattern.compile("queued as (?<postfix>[\\w.+/-]{1,100})"
            + "|\\bid=(?<exim>[\\w.+/-]{1,100})"
            + "|(?<sendmail>[\\w.+/-]{8,100}) Message accepted for delivery"
            + "|\\A250 Ok (?<ses>[0-9a-f-]{20,100})");

    /** Bad destination mailbox, system or syntax; moved; null MX (RFC 7505). */
    private static final Set<String> NOBODY_THERE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    private static final int TOO_BUSY_OR_CLOSING = 421;

    /** RFC 4954, 6: they want us to log in, or refuse our login. */
    private static final Set<Integer> ABOUT_OUR_LOGIN = Set.of(530, 534, 535, 538);

    boolean isYes() {
        return code / 100 == 2;
    }

    boolean isGoOn() {
        return code / 100 == 3;
    }

    boolean isRefusal() {
        return code / 100 == 4 || code / 100 == 5;
    }

    /** A refusal is for good only if both codes say so: trying once too often is better than once too seldom. */
    boolean isForGood() {
        Matcher enhanced = ENHANCED.matcher(text);
        return code / 100 == 5 && !(enhanced.find() && !enhanced.group(2).equals("5"));
    }

    /** RFC 3463, 3.2: the mailbox or its domain doesn't exist, or has moved away. */
    boolean saysThatNobodyIsThere() {
        Matcher enhanced = ENHANCED.matcher(text);
        return isForGood() && enhanced.find() && NOBODY_THERE.contains(enhanced.group(1));
    }

    boolean isAboutOurLogin() {
        return ABOUT_OUR_LOGIN.contains(code);
    }

    boolean endsTheConnection() {
        return code == TOO_BUSY_OR_CLOSING;
    }

    /** Such as "550 5.1.1", or "550" from a relay without enhanced codes. */
    String codes() {
        Matcher enhanced = ENHANCED.matcher(text);
        return enhanced.find() ? code + " " + enhanced.group(1) : Integer.toString(code);
    }

    String words() {
        return text.lines()
                .map(line -> START_OF_LINE.matcher(line).replaceFirst(""))
                .collect(Collectors.joining(" "));
    }

    Optional<String> queueId() {
        Matcher matcher = QUEUE_ID.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.empty();
    }
}
