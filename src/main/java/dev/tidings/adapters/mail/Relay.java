package dev.tidings.adapters.mail;

import dev.tidings.adapters.mail.MailSettings.Tls;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whom mail is handed to, and how connections to it are opened. */
final class Relay {

    private final MailSettings settings;
    private final SSLSocketFactory trusted;
    private final ScheduledExecutorService alarms;
    private final Session session;
    private final URLName login;

    Relay(MailSettings settings, SSLSocketFactory trusted, ScheduledExecutorService alarms) {
        this.settings = settings;
        this.trusted = trusted;
        this.alarms = alarms;
        this.session = Session.getInstance(properties());
        this.login = settings.hasLogin()
                ? new URLName("smtp", settings.host(), settings.port(), null, settings.username(), settings.password())
                : new URLName("smtp", settings.host(), settings.port(), null, null, null);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", Boolean.toString(settings.hasLogin()));
        if (!settings.ehloName().isBlank()) {
            properties.put("mail.smtp.localhost", settings.ehloName().strip());
        }
        switch (settings.security()) {
            case REQUIRED -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
                properties.put("mail.smtp.ssl.socketFactory", trusted);
                properties.put("mail.smtp.ssl.checkserveridentity", "true");
            }
            case OPPORTUNISTIC -> {
                // Whoever could show a false certificate could as well hide STARTTLS: refusing it would protect nobody.
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.ssl.trust", "*");
                properties.put("mail.smtp.ssl.checkserveridentity", "false");
            }
            case IMPLICIT, NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    SmtpLine open() throws CannotConnect {
        return open(settings.connectTimeout(), settings.readTimeout());
    }

    SmtpLine open(Duration connectTimeout, Duration readTimeout) throws CannotConnect {
        CorkedSocket socket = new CorkedSocket(alarms, settings.writeTimeout());
        SmtpLine line = new SmtpLine(session, login, socket, readTimeout, settings.acceptTimeout());
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) readTimeout.toMillis());
            socket.connect(new InetSocketAddress(address(), settings.port()), (int) connectTimeout.toMillis());
            line.connect(settings.security() == Tls.IMPLICIT ? secured(socket) : socket);
            return line;
        } catch (IOException | MessagingException e) {
            socket.abort();
            if (line.lacksRequiredStartTls()) {
                throw CannotConnect.withoutStartTls();
            }
            throw CannotConnect.because(e, line.lastHeard());
        }
    }

    /** With the configured name, which certificates are compared with; a look-up by address must not replace it. */
    private InetAddress address() throws IOException {
        return InetAddress.getByAddress(
                settings.host(), InetAddress.getByName(settings.host()).getAddress());
    }

    private Socket secured(CorkedSocket socket) throws IOException {
        SSLSocket secured = (SSLSocket) trusted.createSocket(socket, settings.host(), settings.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
