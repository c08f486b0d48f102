package dev.tidings.domain.recipient;

/** Where a person is reached through one channel. Two that are written differently are two. */
public sealed interface Address permits EmailAddress, PhoneNumber, DeviceToken, PushSubscription {

    /** In the one form in which it is kept and compared. */
    String value();

    /**
     * Whether it belongs to the sandbox's simulated recipients, and so to nobody: it is never given to a provider that
     * reaches people.
     */
    boolean isSimulated();

    /**
     * Reads an address of this channel in the form of {@link #value}.
     *
     * @throws IllegalArgumentException with words for whoever wrote it
     */
    static Address of(Channel channel, String value) {
        return switch (channel) {
            case EMAIL -> new EmailAddress(value);
            case SMS, WHATSAPP -> new PhoneNumber(value);
            case PUSH -> value.startsWith("https://") ? PushSubscription.of(value) : new DeviceToken(value);
        };
    }
}
