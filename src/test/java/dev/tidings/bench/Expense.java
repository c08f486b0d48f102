package dev.tidings.bench;

import dev.tidings.testing.TidingsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the parts have used up since their start: time of a core in ms, as Linux counts it (proc(5)), and write-ahead log
 * in bytes. What else the machine did, other programs and the kernel for itself, is in {@link #ELSE}.
 */
record Expense(Map<String, Double> cpu, double log) {

    private static final String TIDINGS = "Tidings";
    private static final String PRIMARY = "PostgreSQL, primary";
    private static final String STANDBY = "PostgreSQL, standby";
    private static final String RABBIT = "RabbitMQ";
    private static final String LOAD = "load and sink";
    private static final String ELSE = "all else";
    private static final List<String> PARTS = List.of(TIDINGS, PRIMARY, STANDBY, RABBIT, LOAD, ELSE);

    private static final Pattern SPACES = Pattern.compile(" +");

    /** USER_HZ, which is 100 on all architectures that a JDK 25 is made for. */
    private static final double MILLIS_OF_A_TICK = 10;

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_CHILDREN = 13;
    private static final int SYSTEM_OF_CHILDREN = 14;
    /** In the machine's line: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

    record Amount(double amount, String unit) {}

    private record ProcessUse(long pid, long parent, String program, String arguments, double own, double ofChildren) {}

    static Expense soFar(TidingsProcess tidings) throws SQLException, IOException {
        Map<Long, ProcessUse> processes = new HashMap<>();
        try (Stream<Path> files = Files.list(Path.of("/proc"))) {
            files.filter(file -> file.getFileName().toString().matches("\\d+")).forEach(file -> {
                ProcessUse use = use(file);
                if (use != null) {
                    processes.put(use.pid, use);
                }
            });
        }
        Map<String, Double> cpu = new HashMap<>();
        processes.values().forEach(process -> {
            String part = part(process, processes, tidings.pid());
            if (!part.equals(ELSE)) {
                boolean waitsForOthers = process.arguments.contains("/postgresql/");
                cpu.merge(part, process.own + (waitsForOthers ? process.ofChildren : 0), Double::sum);
            }
        });
        cpu.put(
                ELSE,
                machine() - cpu.values().stream().mapToDouble(part -> part).sum());
        return new Expense(cpu, written(tidings.jdbc()));
    }

    Expense since(Expense before) {
        Map<String, Double> spent = new HashMap<>();
        cpu.forEach((part, millis) -> spent.put(part, millis - before.cpu.getOrDefault(part, 0.0)));
        return new Expense(spent, log - before.log);
    }

    /** What one of so many has cost. */
    Map<String, Amount> each(String one, double count) {
        Map<String, Amount> each = new LinkedHashMap<>();
        PARTS.forEach(part ->
                each.put(one + " costs " + part, new Amount(cpu.getOrDefault(part, 0.0) / count, "ms of a core")));
        each.put(one + " costs in all", new Amount(inAll() / count, "ms of a core"));
        each.put(one + " costs of write-ahead log", new Amount(log / 1_024 / count, "KB"));
        return each;
    }

    /** In ms of a core. */
    double inAll() {
        return cpu.values().stream().mapToDouble(part -> part).sum();
    }

    private static String part(ProcessUse process, Map<Long, ProcessUse> all, long tidings) {
        long self = ProcessHandle.current().pid();
        for (ProcessUse next = process; next != null; next = all.get(next.parent)) {
            if (next.pid == tidings) {
                return TIDINGS;
            }
            if (next.arguments.contains("/postgresql/primary")) {
                return PRIMARY;
            }
            if (next.arguments.contains("/postgresql/standby")) {
                return STANDBY;
            }
            if (next.pid == self) {
                return process.program.equals("beam.smp") ? RABBIT : LOAD;
            }
        }
        return ELSE;
    }

    /** Nothing of a process that has just ended. */
    private static @Nullable ProcessUse use(Path directory) {
        try {
            String stat = Files.readString(directory.resolve("stat"));
            List<String> fields = fields(stat.substring(stat.lastIndexOf(')') + 2));
            return new ProcessUse(
                    Long.parseLong(directory.getFileName().toString()),
                    Long.parseLong(fields.get(PARENT)),
                    stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
                    Files.readString(directory.resolve("cmdline")),
                    ticks(fields, USER, SYSTEM) * MILLIS_OF_A_TICK,
                    ticks(fields, USER_OF_CHILDREN, SYSTEM_OF_CHILDREN) * MILLIS_OF_A_TICK);
        } catch (IOException e) {
            if (Files.exists(directory)) {
                throw new UncheckedIOException(e);
            }
            return null;
        }
    }

    private static List<String> fields(String line) {
        return SPACES.splitAsStream(line).toList();
    }

    private static double ticks(List<String> fields, int... positions) {
        return Arrays.stream(positions)
                .mapToLong(position -> Long.parseLong(fields.get(position)))
                .sum();
    }

    private static double machine() throws IOException {
        List<String> fields = fields(Files.readAllLines(Path.of("/proc/stat")).getFirst());
        return BUSY.stream()
                        .mapToLong(position -> Long.parseLong(fields.get(position)))
                        .sum()
                * MILLIS_OF_A_TICK;
    }

    private static double written(String jdbc) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")) {
            row.next();
            return row.getDouble(1);
        }
    }
}
