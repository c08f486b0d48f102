package dev.tidings.adapters.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/** Takes out of a relay's words what would tell to whom they refer: they go on record, and addresses must not. */
final class Discretion {

    private static final String TAKEN_OUT = "<…>";
    private static final int LONGEST = 200;

    /** Longer texts are cut before they are searched; no relay says more that matters. */
    private static final int LONGEST_SEARCHED = 2000;

    private static final Pattern IN_BRACKETS = Pattern.compile("<[^<>]*>?");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:\"[^\"]{0,64}\"|[^\\s<>\"'(),;:\\[\\]]{0,200})(?:@|%40|=40)[^\\s<>\"'(),;]{0,255}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_PRINTED = Pattern.compile("[\\s\\p{C}]+");

    private Discretion() {}

    static String about(String recipient, String words) {
        String text = NOT_PRINTED.matcher(words).replaceAll(" ").strip();
        if (text.length() > LONGEST_SEARCHED) {
            text = text.substring(0, text.lastIndexOf(' ', LONGEST_SEARCHED) + 1);
        }
        text = IN_BRACKETS.matcher(text).replaceAll(TAKEN_OUT);
        text = ADDRESS.matcher(text).replaceAll(TAKEN_OUT);
        text = without(recipient.substring(0, recipient.lastIndexOf('@') < 0 ? 0 : recipient.lastIndexOf('@')), text);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** Some name the mailbox without its domain. */
    private static String without(String localPart, String text) {
        if (localPart.isEmpty() || !text.toLowerCase(Locale.ROOT).contains(localPart.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(localPart) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(TAKEN_OUT);
    }
}
