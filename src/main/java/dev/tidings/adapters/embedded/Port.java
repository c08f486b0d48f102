package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** A local port and the property that chooses it. */
record Port(int number, String property) {

    static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

    static Port from(Environment environment, String property) {
        int number = environment.getRequiredProperty(property, Integer.class);
        return number == 0 ? anyFree(property) : new Port(number, property);
    }

    static Port anyFree(String property) {
        try (ServerSocket socket = new ServerSocket(0, 1, HOST)) {
            return new Port(socket.getLocalPort(), property);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mustBeFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, number));
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port " + number + " (" + property + ") can't be used: "
                            + PortHolder.of(number)
                                    .map(holder -> "it is held by " + holder)
                                    .orElseGet(taken::getMessage)
                            + ".",
                    "Stop what holds it, or choose another port (0 for any free one): " + environmentVariable()
                            + "=<port>, or --" + property + "=<port>.",
                    taken);
        }
    }

    private String environmentVariable() {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
