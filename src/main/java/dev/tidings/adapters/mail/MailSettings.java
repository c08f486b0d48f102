package dev.tidings.adapters.mail;

import dev.tidings.domain.recipient.EmailAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Where mail is handed to, and as whom.
 *
 * @param port 1 to 65535
 * @param tls implicit, required, opportunistic or none. When empty: implicit on port 465; else required where there is
 *     a password to protect; else opportunistic, as relays do among each other
 * @param sslBundle the {@code spring.ssl.bundle} with the authorities that are trusted; the JVM's own when empty
 * @param ehloName how we introduce ourselves; this machine's address when empty
 * @param returnPath where mails that can't be delivered go back to (RFC 5321, 4.4); to the sender when empty
 * @param bounceSecret whoever hands such mails to us has to know it; nobody can when empty
 * @param connections how many are kept at most, from 1
 * @param keepIdle how long a connection is kept without use
 * @param mailsPerConnection after so many a connection is replaced, from 1
 * @param readTimeout how long the relay may take for an answer, but for the one to a whole mail
 * @param acceptTimeout how long it may take for that one. Giving up early makes duplicates; RFC 5321, 4.5.3.2.6 wants 10
 *     minutes
 * @param writeTimeout how long it may take to read what we write
 */
@ConfigurationProperties("tidings.mail")
record MailSettings(
        String host,
        @DefaultValue("587") int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String tls,
        @DefaultValue("") String sslBundle,
        @DefaultValue("") String ehloName,
        String fromAddress,
        @DefaultValue("") String fromName,
        @DefaultValue("") String returnPath,
        @DefaultValue("") String bounceSecret,
        @DefaultValue("8") int connections,
        @DefaultValue("60s") Duration keepIdle,
        @DefaultValue("1000") int mailsPerConnection,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("2m") Duration acceptTimeout,
        @DefaultValue("30s") Duration writeTimeout) {

    private static final int PORT_FOR_IMPLICIT_TLS = 465;

    enum Tls {
        IMPLICIT,
        REQUIRED,
        OPPORTUNISTIC,
        NONE
    }

    MailSettings {
        require(StringUtils.hasText(host), "host (SMTP_HOST) is missing");
        require(port >= 1 && port <= 65535, "port (SMTP_PORT) must be 1 to 65535, not " + port);
        require(
                username.isEmpty() || !password.isEmpty(),
                "password (SMTP_PASSWORD) is missing, and username (SMTP_USERNAME) is set");
        require(connections >= 1, "connections must be at least 1, not " + connections);
        require(mailsPerConnection >= 1, "mails-per-connection must be at least 1, not " + mailsPerConnection);
        requireTime("keep-idle", keepIdle);
        requireTime("connect-timeout", connectTimeout);
        requireTime("read-timeout", readTimeout);
        requireTime("accept-timeout", acceptTimeout);
        requireTime("write-timeout", writeTimeout);
        tlsFrom(tls, port, username);
        senderFrom(fromAddress);
        returnTo(returnPath, fromAddress);
    }

    Tls security() {
        return tlsFrom(tls, port, username);
    }

    EmailAddress sender() {
        return senderFrom(fromAddress);
    }

    EmailAddress envelopeSender() {
        return returnTo(returnPath, fromAddress);
    }

    boolean hasLogin() {
        return !username.isEmpty();
    }

    private static Tls tlsFrom(String tls, int port, String username) {
        if (!tls.isBlank()) {
            try {
                return Tls.valueOf(tls.strip().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw wrong("tls (SMTP_TLS) must be implicit, required, opportunistic or none, not " + tls);
            }
        }
        if (port == PORT_FOR_IMPLICIT_TLS) {
            return Tls.IMPLICIT;
        }
        return username.isEmpty() ? Tls.OPPORTUNISTIC : Tls.REQUIRED;
    }

    private static EmailAddress senderFrom(@Nullable String address) {
        try {
            return new EmailAddress(address == null ? "" : address);
        } catch (IllegalArgumentException e) {
            throw wrong("from-address (FROM_EMAIL) " + e.getMessage() + ", not \"" + address + "\"");
        }
    }

    private static EmailAddress returnTo(String returnPath, String fromAddress) {
        if (returnPath.isBlank()) {
            return senderFrom(fromAddress);
        }
        try {
            return new EmailAddress(returnPath.strip());
        } catch (IllegalArgumentException e) {
            throw wrong("return-path (RETURN_PATH) " + e.getMessage() + ", not \"" + returnPath + "\"");
        }
    }

    private static void requireTime(String name, Duration given) {
        require(given.toMillis() >= 1 && given.toMillis() <= Integer.MAX_VALUE, name + " must be 1 ms to 24 d");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw wrong(otherwise);
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("tidings.mail." + what);
    }

    /** Without the password and the secret. */
    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + ", " + security() + ", from " + fromAddress + "]";
    }
}
