package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs for this platform, unpacked once from the class path. */
final class PostgresBinaries {

    private final Path directory;
    private @Nullable Unpacked unpacked;

    PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    /** The command that runs one of the programs. */
    synchronized List<String> command(String program, List<String> arguments) throws IOException {
        if (unpacked == null) {
            unpacked = Unpacked.under(directory);
        }
        return unpacked.command(program, arguments);
    }

    private record Unpacked(Path home, List<String> launcher) {

        static Unpacked under(Path directory) throws IOException {
            String archive = "postgres-" + system() + "-" + architecture() + ".txz";
            URL resource = PostgresBinaries.class.getResource("/" + archive);
            if (resource == null) {
                throw new CannotStart(
                        "This build carries no PostgreSQL for this platform (" + archive + ").",
                        "Build Tidings on this platform, or with -Pall-platforms, or set DATABASE_URL.");
            }
            URLConnection source = resource.openConnection();
            // The length tells one release of the binaries from another.
            Path home = directory.resolve(archive.replace(".txz", "-" + source.getContentLengthLong()));
            if (!Files.exists(home)) {
                try (InputStream packed = source.getInputStream()) {
                    unpack(packed, home);
                }
            }
            return new Unpacked(home, unprivileged());
        }

        List<String> command(String program, List<String> arguments) {
            List<String> command = new ArrayList<>(launcher);
            command.add(home.resolve("bin").resolve(program).toString());
            command.addAll(arguments);
            return command;
        }
    }

    private static void unpack(InputStream packed, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = fresh.resolve(entry.getName()).normalize();
                if (!target.startsWith(fresh)) {
                    throw new IOException("The archive leaves its directory: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTrees.delete(fresh);
            boolean anotherWasFaster = Files.exists(home);
            if (!anotherWasFaster) {
                throw e;
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("Can't make executable: " + target);
            }
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it isn't, yet its files stay root's. */
    private static List<String> unprivileged() {
        if (ProcessHandle.current().info().user().filter("root"::equals).isEmpty()) {
            return List.of();
        }
        if (!succeeds("unshare", "--user", "true")) {
            throw new CannotStart(
                    "PostgreSQL doesn't run as root, and this system gives root no user namespace (unshare --user).",
                    "Start Tidings as another user, or set DATABASE_URL.");
        }
        return List.of("unshare", "--user");
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }
}
