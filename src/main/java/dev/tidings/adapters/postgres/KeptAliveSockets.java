package dev.tidings.adapters.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Set;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that notice within half a minute when the other machine is gone, while they wait for it: else it would be two
 * hours. A process that doesn't answer is not noticed, for its machine does. Made by the driver, by its name.
 */
public final class KeptAliveSockets extends SocketFactory {

    /** In seconds. */
    static final int IDLE = 10;

    /** In seconds. */
    static final int INTERVAL = 5;

    static final int COUNT = 3;

    private static final Map<SocketOption<Integer>, Integer> WHERE_SUPPORTED = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, IDLE,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL,
            ExtendedSocketOptions.TCP_KEEPCOUNT, COUNT);

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Set<SocketOption<?>> supported = socket.supportedOptions();
        for (Map.Entry<SocketOption<Integer>, Integer> option : WHERE_SUPPORTED.entrySet()) {
            if (supported.contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsToNobody();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw connectsToNobody();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsToNobody();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw connectsToNobody();
    }

    private static UnsupportedOperationException connectsToNobody() {
        return new UnsupportedOperationException("the driver connects by itself, with a time-out");
    }
}
