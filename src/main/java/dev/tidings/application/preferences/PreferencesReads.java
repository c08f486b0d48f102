package dev.tidings.application.preferences;

import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.recipient.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks people's preferences up, without waiting on a thread. */
public interface PreferencesReads {

    CompletionStage<Optional<Found>> find(UserId userId);

    record Found(
            NotificationPreferences preferences, @Nullable String email) {}
}
