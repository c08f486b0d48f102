package dev.tidings.adapters.providers.http;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.EmailAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Takes out of a provider's words what would tell to whom they refer, what we said, or who we are: they go on record. */
public final class Discretion {

    public static final Discretion NOTHING_SECRET = new Discretion(List.of());

    private static final String GAP = "…";
    private static final Pattern GAPS = Pattern.compile("<?" + GAP + ">?");
    private static final String TAKEN_OUT = "<…>";
    private static final int LONGEST = 200;

    /** Longer texts are cut before they are searched; no provider says more that matters. */
    private static final int LONGEST_SEARCHED = 2000;

    /** Shorter ones, such as a "1", are in everything. */
    private static final int SHORTEST_HIDDEN = 4;

    private static final Pattern MARKUP = Pattern.compile("<[^<>]*>?");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s<>\"'(),;:\\[\\]]{0,200}(?:@|%40)[^\\s<>\"'(),;]{0,255}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b[a-z][a-z+.-]{1,10}://[^\\s\"'<>]*");
    /** Phone numbers, and one-time codes. An error code has five digits at most; "550 5.1.1" has six with gaps. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9](?:[ ().-]{0,2}[0-9]){7,}|[0-9]{6,}");

    private static final Pattern NOT_PRINTED = Pattern.compile("[\\s\\p{C}]+");

    private final List<String> secrets;

    /** @param secrets our own, such as keys and tokens; blank ones are none */
    public Discretion(Collection<String> secrets) {
        this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    public String about(String words) {
        return without(secrets, words);
    }

    public String about(OutgoingMessage message, String words) {
        List<String> hidden = new ArrayList<>(secrets);
        hidden.add(message.recipient().value());
        hidden.add(localPart(message.recipient()));
        hidden.add(Objects.requireNonNullElse(message.recipientName(), ""));
        hidden.add(message.message().text());
        hidden.add(message.message().subject());
        hidden.addAll(message.message().extras().variables().values());
        hidden.addAll(message.message().extras().data().values());
        return without(hidden, words);
    }

    /** Some name the mailbox without its domain. */
    private static String localPart(Address recipient) {
        return recipient instanceof EmailAddress
                ? recipient.value().substring(0, recipient.value().lastIndexOf('@'))
                : "";
    }

    private static String without(Collection<String> hidden, String words) {
        String text = words.length() > LONGEST_SEARCHED ? words.substring(0, LONGEST_SEARCHED) : words;
        for (String each : hidden) {
            if (each.length() >= SHORTEST_HIDDEN) {
                text = Pattern.compile(Pattern.quote(each), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(text)
                        .replaceAll(GAP);
            }
        }
        text = NOT_PRINTED.matcher(text).replaceAll(" ").strip();
        for (Pattern pattern : List.of(MARKUP, ADDRESS, EMAIL, NUMBER)) {
            text = pattern.matcher(text).replaceAll(GAP);
        }
        text = GAPS.matcher(text).replaceAll(TAKEN_OUT);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
