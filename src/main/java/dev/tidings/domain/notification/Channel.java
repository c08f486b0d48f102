package dev.tidings.domain.notification;

/** A way to reach a person. */
public enum Channel {
    EMAIL
}
