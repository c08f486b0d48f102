package dev.tidings.application.events;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the links in mails lead.
 *
 * @param verifyEmail with {@code {token}} where the token goes
 * @param resetPassword with {@code {token}} where the token goes
 */
public record Links(String verifyEmail, String resetPassword, String signIn, String support) {

    private static final String TOKEN = "{token}";

    public Links {
        requireToken("verify-email", verifyEmail);
        requireToken("reset-password", resetPassword);
        requireUrl("verify-email", verifyEmail);
        requireUrl("reset-password", resetPassword);
        requireUrl("sign-in", signIn);
        requireUrl("support", support);
    }

    String verifyEmail(String token) {
        return with(verifyEmail, token);
    }

    String resetPassword(String token) {
        return with(resetPassword, token);
    }

    private static String with(String link, String token) {
        return link.replace(TOKEN, URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private static void requireToken(String name, String link) {
        if (!link.contains(TOKEN)) {
            throw new IllegalArgumentException("link " + name + " must contain " + TOKEN + ": " + link);
        }
    }

    private static void requireUrl(String name, String link) {
        String scheme = URI.create(with(link, "token")).getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException("link " + name + " must be an http or https address: " + link);
        }
    }
}
