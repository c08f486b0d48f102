package dev.tidings.adapters.templates;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A template as it was written. */
record TemplateSource(String name, String subject, String text, String html) {

    private static final int VERSION_LENGTH = 12;

    /** Changes with any of its texts, and with the layout that its HTML is put in. */
    String version(String layout) {
        MessageDigest digest = sha256();
        for (String part : List.of(subject, text, html, layout)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
