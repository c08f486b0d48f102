package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port between Tidings and a part: what goes through it can be cut off, or vanish. */
public final class Wire implements AutoCloseable {

    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int MANY = 200;
    private static final int A_MOMENT = 200;

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Socket> clogging = new ArrayList<>();
    private ServerSocket entrance;
    private Thread doorman;
    private volatile boolean vanished;

    private Wire(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.port = entrance.getLocalPort();
        this.target = target;
        this.doorman = letIn();
    }

    /** To a port of this machine. */
    public static Wire to(int target) {
        return new Wire(listen(0, MANY), target);
    }

    public int port() {
        return port;
    }

    /** All connections are reset, and new ones are refused. */
    public synchronized void cut() {
        shut();
        resetAll();
    }

    /** As when a machine loses its power: open connections say nothing any more, and new ones are not answered. */
    public synchronized void vanish() {
        vanished = true;
        shut();
        entrance = listen(port, 1);
        // Linux answers no more of those who want to connect when this many wait to be let in.
        for (boolean clogged = false; !clogged; ) {
            clogged = !knock();
        }
    }

    private boolean knock() {
        Socket socket = new Socket();
        clogging.add(socket);
        try {
            socket.connect(new InetSocketAddress(HOST, port), A_MOMENT);
            return true;
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    /** New connections go through; those that were there before a disturbance are reset. */
    public synchronized void mend() {
        shut();
        resetAll();
        clogging.forEach(Wire::close);
        clogging.clear();
        vanished = false;
        entrance = listen(port, MANY);
        doorman = letIn();
    }

    /** A port is free again when whoever waited at it has gone. */
    private void shut() {
        close(entrance);
        try {
            doorman.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket listen(int port, int backlog) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), backlog);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread letIn() {
        ServerSocket open = entrance;
        return Thread.ofVirtual().name("wire-", port).start(() -> {
            try {
                while (true) {
                    connect(open.accept());
                }
            } catch (IOException closed) {
                // Cut, or vanished.
            }
        });
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(HOST, target));
        } catch (IOException e) {
            reset(client);
            return;
        }
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!vanished) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // The other direction ends, too.
        }
        if (!vanished) {
            forget(from);
            forget(to);
        }
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        close(socket);
    }

    private void resetAll() {
        sockets.forEach(Wire::reset);
        sockets.clear();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        close(socket);
    }

    public static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        shut();
        resetAll();
        clogging.forEach(Wire::close);
    }
}
