package dev.tidings.application.preferences;

import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people that services have told us of. */
public interface Recipients {

    record Recipient(
            UserId userId,
            @Nullable EmailAddress email,
            @Nullable String name) {}

    /** Adds or changes them; what is absent keeps its value. */
    void save(List<Recipient> recipients);
}
