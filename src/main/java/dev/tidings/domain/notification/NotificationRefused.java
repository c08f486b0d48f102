package dev.tidings.domain.notification;

/** An order that the notification can't follow in its present state. */
public final class NotificationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Reason {
        NEVER_REQUESTED,
        /** A worker is sending it. */
        ON_ITS_WAY,
        /** An attempt's outcome is unknown: that must be resolved first. */
        MAY_HAVE_ARRIVED,
        ALREADY_SENT,
        /** It has failed, or was suppressed, cancelled or expired. */
        ALREADY_ENDED,
        /** Only what was never tried can be put off. */
        ALREADY_TRIED,
        /** It would be sent when it is of no use any more, or is of none already. */
        EXPIRED,
        /** It is still being tried. */
        NOT_ENDED,
        /** The outcome of every attempt is known. */
        NOTHING_UNKNOWN
    }

    private final Reason reason;
    private final transient NotificationId notificationId;

    public NotificationRefused(Reason reason, NotificationId id) {
        super(reason + " " + id);
        this.reason = reason;
        this.notificationId = id;
    }

    public NotificationId notificationId() {
        return notificationId;
    }

    public Reason reason() {
        return reason;
    }
}
