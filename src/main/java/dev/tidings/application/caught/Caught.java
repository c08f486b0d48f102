package dev.tidings.application.caught;

import dev.tidings.domain.recipient.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a list of caught messages shows. None of it can be trusted.
 *
 * @param id unlike those of others that catch messages: letters, digits and {@code -}
 * @param from whom it claims to come from; for a channel without senders the provider that took it
 * @param to whom it would have reached, whatever it claims
 * @param subject empty where there is none
 * @param size bytes
 */
public record Caught(
        String id, Channel channel, Instant received, String from, List<String> to, String subject, long size) {

    public Caught {
        to = List.copyOf(to);
    }

    public boolean isFor(String recipient) {
        String wanted = recipient.toLowerCase(Locale.ROOT);
        return to.stream().anyMatch(address -> address.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
