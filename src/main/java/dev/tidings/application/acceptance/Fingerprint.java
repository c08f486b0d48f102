package dev.tidings.application.acceptance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells whether two things say the same, without keeping what they say: the first 128 bits of a SHA-256. */
public record Fingerprint(UUID value) {

    /** Of these parts in their order: texts, numbers, lists and maps of those, whose order of keys doesn't count; or null. */
    static Fingerprint of(@Nullable Object... parts) {
        MessageDigest digest = sha256();
        for (Object part : parts) {
            add(digest, part);
        }
        ByteBuffer bits = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(new UUID(bits.getLong(), bits.getLong()));
    }

    private static void add(MessageDigest digest, @Nullable Object part) {
        switch (part) {
            case null -> digest.update((byte) 0);
            case Map<?, ?> map -> {
                size(digest, 1, map.size());
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
                sorted.forEach((key, value) -> {
                    add(digest, key);
                    add(digest, value);
                });
            }
            case List<?> list -> {
                size(digest, 2, list.size());
                list.forEach(each -> add(digest, each));
            }
            default -> {
                byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
                size(digest, 3, text.length);
                digest.update(text);
            }
        }
    }

    /** With its kind and size before it, nothing can be taken for a part of its neighbour. */
    private static void size(MessageDigest digest, int kind, int size) {
        digest.update(ByteBuffer.allocate(5).put((byte) kind).putInt(size).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
