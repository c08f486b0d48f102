package dev.tidings.adapters.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the list of caught mail shows. "to" are the envelope's recipients, whatever the headers claim. */
record CaughtMail(long id, Instant received, String from, List<String> to, String subject, long size) {

    CaughtMail {
        to = List.copyOf(to);
    }

    boolean isFor(String recipient) {
        String wanted = recipient.toLowerCase(Locale.ROOT);
        return to.stream().anyMatch(address -> address.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
