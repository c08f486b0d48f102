package dev.tidings.domain.recipient;

/** A way to reach a person. */
public enum Channel {
    EMAIL,
    SMS,
    WHATSAPP,
    /** To a device (FCM) or to a browser (Web Push), as the address says. */
    PUSH
}
