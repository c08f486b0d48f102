package dev.tidings.adapters.rest;

import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of the suppression list ended, for callers to give back as they got it. */
final class SuppressionCursor {

    private static final String BETWEEN = " ";

    private SuppressionCursor() {}

    static String after(Reach last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((Words.of(last.channel()) + BETWEEN + last.address()).getBytes(StandardCharsets.UTF_8));
    }

    static Reach parse(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(BETWEEN, 2);
            Channel channel = Words.of(Channel.class).apply(parts[0]);
            return new Reach(channel, Address.of(channel, parts[parts.length - 1]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be the \"next\" of an earlier page", e);
        }
    }
}
