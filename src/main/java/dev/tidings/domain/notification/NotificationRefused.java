package dev.tidings.domain.notification;

/** An order that the notification can't follow in its present state. */
public final class NotificationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Reason {
        NEVER_REQUESTED
    }

    private final Reason reason;

    public NotificationRefused(Reason reason, NotificationId id) {
        super(reason + " " + id);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
