package dev.tidings.adapters.mailbox;

import dev.tidings.application.caught.Caught;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which messages are asked for.
 *
 * @param recipient part of an address; of any when empty
 * @param channel in small letters; any when empty
 */
record MailboxFilter(String recipient, String channel) {

    static MailboxFilter from(ServerRequest request) {
        return new MailboxFilter(
                request.queryParam("to").orElse("").strip(),
                request.queryParam("channel").orElse("").strip().toLowerCase(Locale.ROOT));
    }

    boolean admits(Caught message) {
        return (recipient.isEmpty() || message.isFor(recipient))
                && (channel.isEmpty() || Words.of(message.channel()).equals(channel));
    }

    /** As in an address, after {@code ?}. */
    String query() {
        return "to=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8) + "&channel="
                + URLEncoder.encode(channel, StandardCharsets.UTF_8);
    }
}
