package dev.tidings.adapters.amqp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the broker is and who we are to it, as RabbitMQ's URI specification writes it. Two things are read more kindly:
 * an empty virtual host ({@code amqp://host/}) is the default one, and of the query only {@code cacertfile} is known.
 */
record BrokerUrl(
        boolean tls,
        String host,
        int port,
        String username,
        String password,
        String virtualHost,
        Optional<Path> authorities) {

    private static final String FORM = "a broker's URL looks like amqp://user:password@host:5672/vhost or"
            + " amqps://user:password@host:5671/vhost?cacertfile=/path/to/ca.pem"
            + " (percent-encode what is special in user, password and vhost)";

    static BrokerUrl parse(String url) {
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme());
        boolean tls = scheme.equalsIgnoreCase("amqps");
        if (!tls && !scheme.equalsIgnoreCase("amqp")) {
            throw refused("it must start with amqp:// or amqps://");
        }
        if (uri.getHost() == null) {
            throw refused("it names no host");
        }
        if (uri.getRawFragment() != null) {
            throw refused("a # must be written as %23");
        }
        String[] user = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new BrokerUrl(
                tls,
                uri.getHost().startsWith("[")
                        ? uri.getHost().substring(1, uri.getHost().length() - 1)
                        : uri.getHost(),
                uri.getPort() > 0 ? uri.getPort() : tls ? 5671 : 5672,
                user.length > 0 ? decoded(user[0]) : "guest",
                user.length > 1 ? decoded(user[1]) : "guest",
                virtualHost(uri.getRawPath()),
                authorities(uri.getRawQuery()));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw refused(e.getReason() + " at position " + (e.getIndex() + 1));
        }
    }

    private static String virtualHost(String path) {
        if (path == null || path.length() < 2) {
            return "/";
        }
        if (path.indexOf('/', 1) > 0) {
            throw refused("a / in the virtual host must be written as %2F");
        }
        return decoded(path.substring(1));
    }

    private static Optional<Path> authorities(String query) {
        if (query == null || query.isEmpty()) {
            return Optional.empty();
        }
        String[] parameter = query.split("=", 2);
        if (!parameter[0].equals("cacertfile") || parameter.length < 2 || parameter[1].contains("&")) {
            throw refused("the only parameter it may have is cacertfile");
        }
        return Optional.of(Path.of(decoded(parameter[1])));
    }

    /** Percent-encoding only: a + stands for itself. */
    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Says nothing of what was given: it holds a password. */
    private static IllegalArgumentException refused(String problem) {
        return new IllegalArgumentException(
                "RABBITMQ_URL (tidings.broker.url) can't be used: " + problem + "; " + FORM);
    }

    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + username + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + port + (virtualHost.equals("/") ? "" : "/" + virtualHost);
    }
}
