package dev.tidings.adapters.postgres;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpResources;

/**
 * An address as libpq writes it (PostgreSQL's manual, 32.1.1.2), {@code postgresql://user:password@host:port,host:port/
 * database?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=…}; a driver's name after a plus sign, as
 * SQLAlchemy has it, is ignored.
 *
 * @param hosts tried in this order
 * @param wanted which of them will do; absent if the one host will, whatever it is
 */
record PostgresUrl(
        List<Host> hosts,
        @Nullable Wanted wanted,
        String database,
        String username,
        @Nullable String password,
        Map<String, String> parameters) {

    private static final Pattern SCHEME = Pattern.compile("^(jdbc:)?postgres(ql)?(\\+[a-z0-9]+)?:");
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[^\\[\\]@]+]|[^\\[\\]@:]+)(:(?<port>\\d{1,5}))?");
    private static final int DEFAULT_PORT = 5432;
    private static final String TARGET = "target_session_attrs";

    record Host(String name, int port) {

        private boolean isLiteralOfVersion6() {
            return name.startsWith("[");
        }

        private String unbracketed() {
            return isLiteralOfVersion6() ? name.substring(1, name.length() - 1) : name;
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** What libpq calls target_session_attrs; the drivers know fewer shades. */
    enum Wanted {
        ANY("any", "any"),
        READ_WRITE("read-write", "primary"),
        PRIMARY("primary", "primary"),
        READ_ONLY("read-only", "secondary"),
        STANDBY("standby", "secondary"),
        PREFER_STANDBY("prefer-standby", "preferSecondary");

        private final String libpq;
        private final String drivers;

        Wanted(String libpq, String drivers) {
            this.libpq = libpq;
            this.drivers = drivers;
        }
    }

    /** @param ofSeveral which one is wanted if there are several hosts, and nothing is said */
    static PostgresUrl parse(String name, String url, Wanted ofSeveral) {
        if (!SCHEME.matcher(url).find()) {
            throw malformed(name);
        }
        try {
            URI uri = new URI(SCHEME.matcher(url).replaceFirst("postgresql:"));
            String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
            if (uri.getRawAuthority() == null || database.isEmpty()) {
                throw malformed(name);
            }
            int at = uri.getRawAuthority().lastIndexOf('@');
            List<Host> hosts = hosts(name, uri.getRawAuthority().substring(at + 1));
            String[] credentials = at < 0
                    ? new String[] {"postgres"}
                    : uri.getRawAuthority().substring(0, at).split(":", 2);
            Map<String, String> parameters = parameters(uri.getRawQuery());
            Wanted wanted = wanted(name, parameters.remove(TARGET), hosts.size() > 1 ? ofSeveral : null);
            if (wanted != null && hosts.stream().anyMatch(Host::isLiteralOfVersion6)) {
                throw new IllegalArgumentException(name + ": where a host is to be chosen, those with an address of IP"
                        + " version 6 need a name");
            }
            return new PostgresUrl(
                    hosts,
                    wanted,
                    database,
                    decoded(credentials[0]),
                    credentials.length > 1 ? decoded(credentials[1]) : null,
                    parameters);
        } catch (URISyntaxException e) {
            throw malformed(name);
        }
    }

    private static List<Host> hosts(String name, String list) {
        List<Host> hosts = new ArrayList<>();
        for (String each : list.split(",", -1)) {
            Matcher host = HOST.matcher(each);
            if (!host.matches()) {
                throw malformed(name);
            }
            String port = host.group("port");
            hosts.add(new Host(host.group("name"), port == null ? DEFAULT_PORT : Integer.parseInt(port)));
        }
        return List.copyOf(hosts);
    }

    private static @Nullable Wanted wanted(String name, @Nullable String text, @Nullable Wanted otherwise) {
        if (text == null) {
            return otherwise;
        }
        return Arrays.stream(Wanted.values())
                .filter(each -> each.libpq.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": " + TARGET + " must be one of "
                        + Arrays.stream(Wanted.values()).map(each -> each.libpq).collect(Collectors.joining(", "))));
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
                name + " is not of the form postgresql://user:password@host:port/database?sslmode=…,"
                        + " or …@host:port,host:port/database?" + TARGET + "=read-write");
    }

    String jdbc() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("reWriteBatchedInserts", "true");
        if (wanted != null) {
            all.put("targetServerType", wanted.drivers);
            // Else a promotion goes unnoticed for up to ten seconds.
            all.put("hostRecheckSeconds", "1");
        }
        all.putAll(parameters);
        return "jdbc:postgresql://" + listed() + "/" + database + "?"
                + all.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
    }

    ConnectionFactoryOptions r2dbc() {
        ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.USER, username)
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, java.time.Duration.ofSeconds(3))
                .option(Option.valueOf("applicationName"), "tidings-reads")
                .option(Option.valueOf("tcpKeepAlive"), true)
                .option(Option.valueOf("loopResources"), new KeptAliveLoops(TcpResources.get()));
        if (wanted == null) {
            options.option(ConnectionFactoryOptions.HOST, hosts.getFirst().unbracketed())
                    .option(ConnectionFactoryOptions.PORT, hosts.getFirst().port);
        } else {
            options.option(ConnectionFactoryOptions.PROTOCOL, "failover")
                    .option(ConnectionFactoryOptions.HOST, listed())
                    .option(Option.valueOf("targetServerType"), wanted.drivers);
        }
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

    private String listed() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    /** Where it is, without a secret. */
    @Override
    public String toString() {
        return listed() + "/" + database;
    }
}
