package dev.tidings.adapters.providers.twilio;

import dev.tidings.adapters.providers.http.SecretText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code X-Twilio-Signature}: HMAC-SHA1 over the URL that Twilio called and all fields of the form, by their names
 * (Twilio, "Webhooks security").
 */
final class TwilioSignature {

    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    TwilioSignature(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Twilio signs some URLs with their port and some without, whatever it was given. */
    boolean isGenuine(String signature, URI url, SortedMap<String, List<String>> fields) {
        StringBuilder signed = new StringBuilder();
        fields.forEach((name, values) -> values.stream()
                .distinct()
                .sorted()
                .forEach(value -> signed.append(name).append(value)));
        return Stream.of(url.toString(), withPort(url), withoutPort(url))
                .anyMatch(each -> SecretText.isSame(sign(each + signed), signature));
    }

    private static String withPort(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return url.getScheme() + "://" + url.getHost() + ":" + port + afterAuthority(url);
    }

    private static String withoutPort(URI url) {
        return url.getScheme() + "://" + url.getHost() + afterAuthority(url);
    }

    private static String afterAuthority(URI url) {
        return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
