package dev.tidings.bench;

import dev.tidings.testing.TidingsProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Postfix's smtp-sink: takes every mail and throws it away. */
final class SmtpSink implements AutoCloseable {

    private final Process process;
    private final int port;

    private SmtpSink(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static SmtpSink started(Path directory) throws IOException, InterruptedException {
        int port = TidingsProcess.freePort();
        boolean root = System.getProperty("user.name").equals("root");
        List<String> command = Stream.concat(
                        Stream.of("/usr/sbin/smtp-sink"), root ? Stream.of("-u", "nobody") : Stream.<String>empty())
                .toList();
        Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of("127.0.0.1:" + port, "1000"))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("smtp-sink.log").toFile())
                .start();
        SmtpSink sink = new SmtpSink(process, port);
        for (int i = 0; i < 100 && !sink.answers(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return sink;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
