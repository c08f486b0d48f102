package dev.tidings.adapters.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A socket that holds back what is written until something is read, whoever flushes: so what is said in one go travels
 * in one go. TLS may lie on top of it. Used by one thread at a time.
 */
final class CorkedSocket extends Socket {

    /** A send buffer has this much room once the other side has answered, so writing less doesn't wait for anybody. */
    private static final int WRITTEN_AT_ONCE = 16 * 1024;

    private static final int MOST_HELD_BACK = 64 * 1024;

    private final ScheduledExecutorService alarms;
    private final Duration writeTimeout;
    private byte[] heldBack = new byte[8192];
    private int length;
    private volatile boolean writeTimedOut;

    CorkedSocket(ScheduledExecutorService alarms, Duration writeTimeout) {
        this.alarms = alarms;
        this.writeTimeout = writeTimeout;
    }

    /** Writes what was held back. If it throws, the last of it has not been sent. */
    void push() throws IOException {
        if (length == 0) {
            return;
        }
        int count = length;
        length = 0;
        OutputStream out = super.getOutputStream();
        if (count <= WRITTEN_AT_ONCE) {
            out.write(heldBack, 0, count);
            return;
        }
        ScheduledFuture<?> alarm = alarms.schedule(this::giveUpWriting, writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            out.write(heldBack, 0, count);
        } catch (IOException e) {
            throw writeTimedOut ? new SocketTimeoutException("write timed out") : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private void giveUpWriting() {
        writeTimedOut = true;
        abort();
    }

    /** Closes without a last word. */
    void abort() {
        try {
            super.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!isClosed()) {
                push();
            }
        } catch (IOException e) {
            // The other side is not there any more to hear it.
        } finally {
            super.close();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                push();
                return super.read();
            }

            @Override
            public int read(byte[] octets, int from, int count) throws IOException {
                push();
                return super.read(octets, from, count);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                holdBack(octets, from, count);
            }
        };
    }

    private void holdBack(byte[] octets, int from, int count) throws IOException {
        if (length + count > MOST_HELD_BACK) {
            push();
        }
        if (length + count > heldBack.length) {
            heldBack = Arrays.copyOf(heldBack, Math.max(length + count, heldBack.length * 2));
        }
        System.arraycopy(octets, from, heldBack, length, count);
        length += count;
    }
}
