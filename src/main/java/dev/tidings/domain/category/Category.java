package dev.tidings.domain.notification;

/**
 * What the organisation decided about one type of notification.
 *
 * @param lane the lane it takes unless the caller names another
 * @param switchable whether a person may switch it off
 * @param whenUnknown what happens when nobody knows whether an attempt reached the provider
 */
public record Category(
        NotificationType type, Lane lane, boolean switchable, WhenUnknown whenUnknown, RetryPolicy retry) {

    /** Resend risks a second copy; hold risks that none arrives until a person decides. */
    public enum WhenUnknown {
        RESEND,
        HOLD
    }
}
