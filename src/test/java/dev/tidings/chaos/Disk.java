package dev.tidings.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of its own in a file, so that it can be full. */
final class Disk implements AutoCloseable {

    private static final String SIZE = "8G";
    private static final long LEFT_TO_BE_WRITTEN = 64 << 20;

    private final Path image;
    private final Path root;
    private final Path ballast;

    private Disk(Path image, Path root) {
        this.image = image;
        this.root = root;
        this.ballast = root.resolve("ballast");
    }

    /** Empty where this user may not mount one: it takes root, and a system that lets root. */
    static Optional<Disk> mounted(Path root) throws IOException {
        Path image = root.resolveSibling(root.getFileName() + ".img");
        Files.createDirectories(root);
        boolean done = succeeds("truncate", "--size=" + SIZE, image.toString())
                && succeeds("mkfs.ext4", "-q", "-F", "-m", "0", image.toString())
                && succeeds("mount", "-o", "loop", image.toString(), root.toString());
        return done ? Optional.of(new Disk(image, root)) : Optional.empty();
    }

    Path root() {
        return root;
    }

    /** Leaves no room for another block. */
    void fill() throws IOException {
        long most = Files.getFileStore(root).getUsableSpace() - LEFT_TO_BE_WRITTEN;
        succeeds("fallocate", "--length=" + most, ballast.toString());
        try (OutputStream rest = Files.newOutputStream(root.resolve("ballast-rest"))) {
            byte[] block = new byte[4_096];
            while (true) {
                rest.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(root).getUsableSpace() > 1 << 20) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(ballast);
        Files.deleteIfExists(root.resolve("ballast-rest"));
    }

    @Override
    public void close() {
        if (!succeeds("umount", root.toString())) {
            succeeds("umount", "--lazy", root.toString());
        }
        try {
            Files.deleteIfExists(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean succeeded = process.waitFor() == 0;
            if (!succeeded) {
                Chaos.say(String.join(" ", List.of(command)) + ": " + said.strip());
            }
            return succeeded;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
