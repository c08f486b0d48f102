package dev.tidings.adapters.providers;

import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.domain.notification.NotificationId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a provider gives back of what we gave it. */
public final class SentBefore {

    private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,5}");

    private SentBefore() {}

    /** Empty where it isn't what we gave. */
    public static Optional<Sent> of(String notification, String attempt) {
        try {
            return ATTEMPT.matcher(attempt).matches()
                    ? Optional.of(new Sent(NotificationId.of(notification), Integer.parseInt(attempt)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
