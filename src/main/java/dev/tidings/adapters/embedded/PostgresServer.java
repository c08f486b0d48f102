package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL server on one data directory. It is a daemon: it survives this process if this process is killed. */
final class PostgresServer {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    // Durable first: every commit reaches the disk. Then for a busy queue on a small machine: memory that a laptop can
    // spare, checkpoints that are rare and spread out (each is followed by full-page writes), vacuum that comes to new
    // pages before the next one, and enough WAL kept that a standby may lag, but not for ever. Pages are mostly in the
    // kernel's memory, and to ask another process for them costs more. Times are UTC and messages English, whatever the
    // machine's locale.
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("wal_level", "replica"),
            Map.entry("max_wal_senders", "4"),
            Map.entry("max_replication_slots", "4"),
            Map.entry("max_slot_wal_keep_size", "2GB"),
            Map.entry("hot_standby", "on"),
            Map.entry("hot_standby_feedback", "on"),
            Map.entry("wal_retrieve_retry_interval", "500ms"),
            Map.entry("wal_receiver_status_interval", "1s"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("min_wal_size", "256MB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("autovacuum_naptime", "5s"),
            Map.entry("io_method", "sync"),
            Map.entry("listen_addresses", Port.HOST.getHostAddress()),
            Map.entry("unix_socket_directories", ""),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("lc_messages", "C"),
            Map.entry("default_text_search_config", "pg_catalog.simple"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_min_messages", "warning"));

    /**
     * For glibc: what a statement has used is kept for the next one. By itself it may give that back and ask for it again
     * with each, which stops the other cores for a moment. In bytes.
     */
    private static final Map<String, String> MEMORY =
            Map.of("MALLOC_TRIM_THRESHOLD_", "8388608", "MALLOC_MMAP_THRESHOLD_", "8388608");

    private final Path data;
    private final Path logs;
    private final int port;
    private final PostgresBinaries binaries;
    private final Map<String, String> ownSettings;

    PostgresServer(Path data, int port, PostgresBinaries binaries, Map<String, String> ownSettings) {
        this.data = data;
        this.logs = data.resolveSibling("log");
        this.port = port;
        this.binaries = binaries;
        this.ownSettings = ownSettings;
    }

    Path data() {
        return data;
    }

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    void create() throws IOException {
        Path fresh = data.resolveSibling(data.getFileName() + ".new");
        FileTrees.delete(fresh);
        Files.createDirectories(data.getParent());
        // The built-in locale sorts and folds alike on every platform.
        run(
                "initdb",
                "--pgdata=" + fresh,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    void start() throws IOException {
        Files.createDirectories(logs);
        Files.deleteIfExists(startLog());
        writeSettings();
        run(
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--log=" + startLog(),
                "--wait",
                "--timeout=" + START_LIMIT.toSeconds());
    }

    void stopLeftOver() throws IOException {
        Optional<Postmaster> left = Postmaster.of(data);
        if (left.isEmpty()) {
            return;
        }
        if (left.get().process().isPresent()) {
            log.info("A killed predecessor left a PostgreSQL running on {}: stopping it", data);
            stop();
        } else {
            left.get().disown();
        }
    }

    void stop() {
        try {
            Optional<ProcessHandle> process = Postmaster.of(data).flatMap(Postmaster::process);
            if (process.isEmpty()) {
                return;
            }
            if (!stops("fast", STOP_LIMIT) && !stops("immediate", KILL_LIMIT)) {
                log.warn(
                        "PostgreSQL on {} doesn't stop: killing process {}",
                        data,
                        process.get().pid());
                process.get().destroyForcibly();
            }
        } catch (IOException e) {
            log.warn("PostgreSQL on {} can't be stopped", data, e);
        }
    }

    /** Safely on the disk, not just in the system's cache. */
    void sync(Path copy) throws IOException {
        run("initdb", "--sync-only", "--pgdata=" + copy);
    }

    Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Port.HOST.getHostAddress()});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser("postgres");
        source.setConnectTimeout(5);
        return source.getConnection();
    }

    String url(String database) {
        return "postgresql://postgres@" + Port.HOST.getHostAddress() + ":" + port + "/" + database;
    }

    private boolean stops(String mode, Duration limit) {
        try {
            run("pg_ctl", "stop", "--pgdata=" + data, "--mode=" + mode, "--wait", "--timeout=" + limit.toSeconds());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void writeSettings() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.put("port", Integer.toString(port));
        settings.put("log_directory", logs.toString());
        settings.put("log_filename", data.getFileName() + "-%a.log");
        settings.putAll(ownSettings);
        String assignments = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'")
                .sorted()
                .collect(Collectors.joining("\n"));
        Files.writeString(data.resolve("postgresql.conf"), """
                # Written anew at each start. What is set in custom.conf, beside this file, wins and is kept.
                %s
                include_if_exists = 'custom.conf'
                """.formatted(assignments));
    }

    private Path startLog() {
        return logs.resolve(data.getFileName() + "-start.log");
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = binaries.command(program, List.of(arguments));
        Path output = Files.createTempFile("tidings-" + program, ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().putAll(MEMORY);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(START_LIMIT.plusSeconds(30).toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IOException(program + " failed: " + String.join(" | ", said(output)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private List<String> said(Path output) throws IOException {
        List<String> said = new ArrayList<>();
        for (Path file : List.of(output, startLog())) {
            if (Files.exists(file)) {
                said.addAll(Files.readString(file, StandardCharsets.ISO_8859_1)
                        .lines()
                        .toList());
            }
        }
        return said.subList(Math.max(0, said.size() - 10), said.size());
    }
}
