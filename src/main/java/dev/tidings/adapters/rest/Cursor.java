package dev.tidings.adapters.rest;

import dev.tidings.domain.notification.NotificationId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Where a page of the history ended, for callers to give back as they got it. */
final class Cursor {

    private static final int BYTES = 16;
    private static final int UUID_BY_TIME = 7;

    private Cursor() {}

    static String after(NotificationId last) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(last.value().getMostSignificantBits())
                .putLong(last.value().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static NotificationId parse(String cursor) {
        byte[] bytes = decode(cursor);
        if (bytes.length == BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            NotificationId id = new NotificationId(new UUID(buffer.getLong(), buffer.getLong()));
            if (id.value().version() == UUID_BY_TIME && after(id).equals(cursor)) {
                return id;
            }
        }
        throw notACursor();
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw notACursor();
        }
    }

    private static IllegalArgumentException notACursor() {
        return new IllegalArgumentException("must be the \"next\" of an earlier page");
    }
}
