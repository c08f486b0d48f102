package dev.tidings.adapters.mail;

import dev.tidings.domain.notification.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** No connection to the relay could be made ready for mail. */
final class CannotConnect extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    private CannotConnect(Failure failure, @Nullable Throwable cause) {
        super(cause);
        this.failure = failure;
    }

    static CannotConnect closing() {
        return new CannotConnect(new Failure("closing", "Tidings is shutting down"), null);
    }

    static CannotConnect withoutStartTls() {
        return new CannotConnect(
                new Failure("tls", "the relay offers no STARTTLS, and tidings.mail.tls (SMTP_TLS) requires it"), null);
    }

    /** {@code reply} is the last that was heard, if any. */
    static CannotConnect because(Exception cause, @Nullable Reply reply) {
        Failure failure = failureOf(cause)
                .orElseGet(() -> reply != null && reply.isRefusal()
                        ? new Failure(reply.codes(), Discretion.about("", reply.words()))
                        : new Failure("broken", "the relay ended the connection before it was ready"));
        return new CannotConnect(failure, cause);
    }

    private static Optional<Failure> failureOf(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            switch (each) {
                case SocketTimeoutException _ -> {
                    return Optional.of(new Failure("timeout", "the relay didn't answer in time"));
                }
                case SSLException _, CertificateException _ -> {
                    String why = each.getMessage() == null ? "" : Discretion.about("", each.getMessage());
                    return Optional.of(new Failure("tls", "no TLS with the relay: " + why));
                }
                case UnknownHostException _ -> {
                    return Optional.of(new Failure("unreachable", "the relay's name is not known"));
                }
                case ConnectException _, NoRouteToHostException _ -> {
                    return Optional.of(new Failure("unreachable", "the relay can't be connected to"));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    Failure failure() {
        return failure;
    }
}
