package dev.tidings.adapters.mail;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.domain.notification.ProviderName;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads mails that came to the return path, as whoever keeps that mailbox hands them over: each is the body of one
 * request. The mails themselves anybody may have written; who hands them over has to know the secret, as a bearer token
 * or at the end of the path.
 */
final class BounceReader implements CallbackReader {

    private static final String AUTHORIZATION = "authorization";
    private static final String SCHEME = "Bearer ";

    private final ProviderName relay;
    private final byte[] secret;
    private final ReturnedMail mails;

    BounceReader(ProviderName relay, MailSettings settings, InstantSource clock) {
        this.relay = relay;
        this.secret = bytes(settings.bounceSecret().strip());
        this.mails = new ReturnedMail(MailWriter.domainOf(settings.sender()), clock);
    }

    @Override
    public ProviderName provider() {
        return relay;
    }

    @Override
    public Reading read(Callback callback) {
        if (secret.length == 0) {
            return new Reading.Refused(Why.UNVERIFIABLE);
        }
        if (!callback.method().equals("POST") || !knowsTheSecret(callback)) {
            return new Reading.Refused(Why.FORGED);
        }
        try {
            return new Reading.Genuine(mails.read(callback.body().duplicate()));
        } catch (MessagingException | IOException | RuntimeException e) {
            return new Reading.Unreadable("it is no mail that can be read: " + e.getMessage());
        }
    }

    private boolean knowsTheSecret(Callback callback) {
        List<String> given = callback.headers().getOrDefault(AUTHORIZATION, List.of());
        String path = callback.url().getPath();
        return given.stream()
                        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .anyMatch(value ->
                                isSecret(value.substring(SCHEME.length()).strip()))
                || isSecret(path.substring(path.lastIndexOf('/') + 1));
    }

    private boolean isSecret(String given) {
        return MessageDigest.isEqual(secret, bytes(given));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
