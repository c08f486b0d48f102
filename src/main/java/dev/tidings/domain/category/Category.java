package dev.tidings.domain.category;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the organisation decided about one type of notification.
 *
 * @param lane the lane it takes unless the caller names another
 * @param switchable whether a person may switch it off
 * @param whenUnknown what happens when nobody knows whether an attempt reached the provider
 * @param patience how long a provider that is down is waited for, from when it was to go out; positive
 * @param copiesWithin for how long the same message to the same address counts as a copy; zero if it never does
 * @param recipientLimit how many one address may get; as many as there are when absent
 */
public record Category(
        NotificationType type,
        Lane lane,
        boolean switchable,
        WhenUnknown whenUnknown,
        RetryPolicy retry,
        Duration patience,
        Duration copiesWithin,
        @Nullable RecipientLimit recipientLimit) {

    public static final Duration USUAL_PATIENCE = Duration.ofHours(24);

    public Category(
            NotificationType type,
            Lane lane,
            boolean switchable,
            WhenUnknown whenUnknown,
            RetryPolicy retry,
            Duration patience,
            Duration copiesWithin) {
        this(type, lane, switchable, whenUnknown, retry, patience, copiesWithin, null);
    }

    public Category {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience must be positive, not " + patience);
        }
        if (copiesWithin.isNegative()) {
            throw new IllegalArgumentException("copies-within must not be negative, but is " + copiesWithin);
        }
    }

    /** Resend risks a second copy; hold risks that none arrives until a person decides. */
    public enum WhenUnknown {
        RESEND,
        HOLD
    }
}
