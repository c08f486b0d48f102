package dev.tidings.application.preferences;

import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.CreatePreferences;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates and changes what a person wants to be told about. Blocks; what it did is committed when it returns. */
public final class ManagePreferences {

    private final UnitsOfWork units;
    private final Recipients recipients;
    private final InstantSource clock;

    public ManagePreferences(UnitsOfWork units, Recipients recipients, InstantSource clock) {
        this.units = units;
        this.recipients = recipients;
        this.clock = clock;
    }

    /** Throws {@link dev.tidings.domain.preferences.PreferencesRefused}. */
    public void create(
            UserId userId,
            @Nullable EmailAddress email,
            Map<NotificationType, Boolean> choices,
            RequestContext context) {
        run(userId, email, new CreatePreferences(new PreferencesId(userId), choices, clock.instant()), context);
    }

    /** Choices and an address left out keep their value. Throws {@link dev.tidings.domain.preferences.PreferencesRefused}. */
    public void change(
            UserId userId,
            @Nullable EmailAddress email,
            Map<NotificationType, Boolean> choices,
            RequestContext context) {
        run(userId, email, new ChangePreferences(new PreferencesId(userId), choices, clock.instant()), context);
    }

    private void run(UserId userId, @Nullable EmailAddress email, Object command, RequestContext context) {
        units.inOneCommit(() -> {
            units.dispatch(command, context.metadata());
            if (email != null) {
                recipients.save(List.of(new Recipient(userId, email, null)));
            }
            return true;
        });
    }
}
