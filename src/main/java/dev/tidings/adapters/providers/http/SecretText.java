package dev.tidings.adapters.providers.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares secrets without telling by the time it takes how much of a guess was right. */
public final class SecretText {

    private SecretText() {}

    public static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
