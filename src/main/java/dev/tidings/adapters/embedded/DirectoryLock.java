package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One process at a time on a data directory. The system takes the lock back when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

    // Closing any channel on a file gives up the whole process's POSIX lock on it, so a second try in this JVM must not
    // even open it.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock on(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.toRealPath().resolve("lock");
            if (!HELD_HERE.add(file)) {
                throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                HELD_HERE.remove(file);
                throw inUse(directory, holder);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DirectoryLock(file, channel);
        } catch (IOException e) {
            throw new CannotStart(
                    "The data directory " + directory.toAbsolutePath() + " can't be used: " + e,
                    "Make it writable, or choose another one with TIDINGS_DATA.",
                    e);
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        return channel.tryLock();
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        return StandardCharsets.US_ASCII.decode(content.flip()).toString();
    }

    private static CannotStart inUse(Path directory, String holder) {
        return new CannotStart(
                "Another Tidings (process " + holder + ") is using the data directory " + directory.toAbsolutePath()
                        + ".",
                "Stop it, or give this one its own: TIDINGS_DATA=<directory>, with its own ports (0 for any free one).");
    }
}
