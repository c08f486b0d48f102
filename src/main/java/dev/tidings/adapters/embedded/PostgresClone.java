package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Copies a running primary. The bundled binaries have no pg_basebackup, so this is PostgreSQL's low-level backup.
 *
 * @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html">PostgreSQL: low-level base backup</a>
 */
final class PostgresClone {

    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "standby.signal", "recovery.signal");

    private PostgresClone() {}

    /** Leaves a standby in the target, complete or not at all. */
    static void of(PostgresServer primary, PostgresServer standby, String slot) throws IOException, SQLException {
        Path target = standby.data();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Path old = target.resolveSibling(target.getFileName() + ".old");
        FileTrees.delete(fresh);
        FileTrees.delete(old);
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '"
                    + slot + "'");
            statement.execute("select pg_create_physical_replication_slot('" + slot + "', true)");
            statement.execute("select pg_backup_start('embedded standby', true)");
            copy(primary.data(), fresh);
            Files.writeString(fresh.resolve("backup_label"), stopBackup(statement));
        }
        Files.createFile(fresh.resolve("standby.signal"));
        primary.sync(fresh);
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.delete(old);
    }

    private static String stopBackup(Statement statement) throws SQLException {
        try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
            label.next();
            return label.getString(1);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = source.relativize(directory);
                Files.copy(directory, target.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                return EMPTIED.contains(relative.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp")) {
                    try {
                        Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException droppedMeanwhile) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        Files.createDirectories(target.resolve("pg_wal/archive_status"));
        Files.createDirectories(target.resolve("pg_wal/summaries"));
    }
}
