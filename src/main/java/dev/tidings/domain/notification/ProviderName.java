package dev.tidings.domain.notification;

/** A configured way out of the house for one channel, such as {@code smtp}. */
public record ProviderName(String value) {

    @Override
    public String toString() {
        return value;
    }
}
