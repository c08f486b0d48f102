package dev.tidings.domain.notification;

/** How urgent a notification is; the queue serves them in this order. */
public enum Lane {
    INSTANT,
    HIGH,
    NORMAL,
    LOW
}
