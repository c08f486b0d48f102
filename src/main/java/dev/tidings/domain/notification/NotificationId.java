package dev.tidings.domain.notification;

import java.util.UUID;
import java.util.regex.Pattern;

/** A UUIDv7 (RFC 9562, 5.7), so that ids sort by the time of their creation. */
public record NotificationId(UUID value) implements Comparable<NotificationId> {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Takes no abbreviations, unlike {@link UUID#fromString}. */
    public static NotificationId of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return new NotificationId(UUID.fromString(text));
    }

    /**
     * The id for this millisecond.
     *
     * @param order within the millisecond, of which the low 12 bits are taken (RFC 9562, 6.2, method 1); two may have the
     *     same
     * @param random of which the low 62 bits are taken
     */
    public static NotificationId at(long epochMillis, long order, long random) {
        long high = (epochMillis << 16) | 0x7000L | (order & 0xFFFL);
        long low = (random & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new NotificationId(new UUID(high, low));
    }

    /** By their text, which for UUIDv7 is by time; {@link UUID#compareTo} compares signed halves. */
    @Override
    public int compareTo(NotificationId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
