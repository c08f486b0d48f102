package dev.tidings.domain.recipient;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * One browser that lets itself be told (W3C Push API, {@code PushSubscription}).
 *
 * @param endpoint where messages to it are posted: https, at most 2,048 characters
 * @param p256dh the browser's public key: the 65 bytes of an uncompressed point on P-256, base64url without padding
 * @param auth the secret shared with the browser: 16 bytes, base64url without padding
 */
public record PushSubscription(URI endpoint, String p256dh, String auth) implements Address {

    private static final int LONGEST_ENDPOINT = 2_048;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{87}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final String SIMULATED_HOST = "simulator.example";

    public PushSubscription {
        if (!"https".equals(endpoint.getScheme())
                || endpoint.getHost() == null
                || endpoint.getUserInfo() != null
                || endpoint.toString().length() > LONGEST_ENDPOINT) {
            throw new IllegalArgumentException(
                    "must have an endpoint that is an https address of at most " + LONGEST_ENDPOINT + " characters");
        }
        if (!KEY.matcher(p256dh).matches()) {
            throw new IllegalArgumentException("must have a p256dh of 65 bytes in base64url");
        }
        if (!SECRET.matcher(auth).matches()) {
            throw new IllegalArgumentException("must have an auth of 16 bytes in base64url");
        }
    }

    /** Reads what {@link #value} wrote. */
    static PushSubscription of(String value) {
        String[] parts = value.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("must be an endpoint, a p256dh and an auth with a space between");
        }
        return of(parts[0], parts[1], parts[2]);
    }

    /** Takes keys with padding, too. */
    public static PushSubscription of(String endpoint, String p256dh, String auth) {
        return new PushSubscription(uri(endpoint), unpadded(p256dh), unpadded(auth));
    }

    private static URI uri(String endpoint) {
        try {
            return URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have an endpoint that is an https address", e);
        }
    }

    private static String unpadded(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return base64.substring(0, end);
    }

    @Override
    public String value() {
        return endpoint + " " + p256dh + " " + auth;
    }

    @Override
    public boolean isSimulated() {
        return SIMULATED_HOST.equals(endpoint.getHost());
    }

    @Override
    public String toString() {
        return value();
    }
}
