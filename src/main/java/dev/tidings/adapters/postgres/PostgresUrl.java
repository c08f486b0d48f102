package dev.tidings.adapters.postgres;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An address as libpq writes it (PostgreSQL's manual, 32.1.1.2), {@code postgresql://user:password@host:port/database?
 * sslmode=verify-full&sslrootcert=…}; a driver's name after a plus sign, as SQLAlchemy has it, is ignored.
 */
record PostgresUrl(
        String host,
        int port,
        String database,
        String username,
        @Nullable String password,
        Map<String, String> parameters) {

    private static final Pattern SCHEME = Pattern.compile("^(jdbc:)?postgres(ql)?(\\+[a-z0-9]+)?:");
    private static final int DEFAULT_PORT = 5432;

    static PostgresUrl parse(String name, String url) {
        if (!SCHEME.matcher(url).find()) {
            throw malformed(name);
        }
        try {
            URI uri = new URI(SCHEME.matcher(url).replaceFirst("postgresql:"));
            String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
            if (uri.getHost() == null || database.isEmpty()) {
                throw malformed(name);
            }
            String[] credentials = uri.getRawUserInfo() == null
                    ? new String[] {"postgres"}
                    : uri.getRawUserInfo().split(":", 2);
            return new PostgresUrl(
                    uri.getHost(),
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    database,
                    decoded(credentials[0]),
                    credentials.length > 1 ? decoded(credentials[1]) : null,
                    parameters(uri.getRawQuery()));
        } catch (URISyntaxException e) {
            throw malformed(name);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (!parts[0].isEmpty()) {
                    parameters.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the address itself: it may hold a password. */
    private static IllegalArgumentException malformed(String name) {
        return new IllegalArgumentException(
                name + " is not of the form postgresql://user:password@host:port/database?sslmode=…");
    }

    String jdbc() {
        String given = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?reWriteBatchedInserts=true"
                + (given.isEmpty() ? "" : "&" + given);
    }

    ConnectionFactoryOptions r2dbc() {
        ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, unbracketed())
                .option(ConnectionFactoryOptions.PORT, port)
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.USER, username)
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, java.time.Duration.ofSeconds(3))
                .option(Option.valueOf("applicationName"), "tidings-reads");
        if (password != null) {
            options.option(ConnectionFactoryOptions.PASSWORD, password);
        }
        copy(options, "sslmode", "sslMode");
        copy(options, "sslrootcert", "sslRootCert");
        copy(options, "sslcert", "sslCert");
        copy(options, "sslkey", "sslKey");
        return options.build();
    }

    private void copy(ConnectionFactoryOptions.Builder options, String from, String to) {
        String value = parameters.get(from);
        if (value != null) {
            options.option(Option.valueOf(to), value);
        }
    }

    private String unbracketed() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Where it is, without a secret. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
