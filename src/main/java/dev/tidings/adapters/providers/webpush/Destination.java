package dev.tidings.adapters.providers.webpush;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether a stranger's endpoint leads to where we may go: to the internet, and not to what only we can reach. */
final class Destination {

    /** Those of Chrome and Android, Firefox, Safari, Edge. */
    private static final List<String> WELL_KNOWN =
            List.of("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com");

    private Destination() {}

    /** Whether it is a push service that many browsers share, so that what it says of us concerns all. */
    static boolean isWellKnown(URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return WELL_KNOWN.stream().anyMatch(host::endsWith);
    }

    /**
     * By all addresses of its name. The JVM remembers a name for some seconds, so the connection that follows goes to one
     * of these.
     */
    static boolean isPublic(URI endpoint) throws UnknownHostException {
        String host = endpoint.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return Stream.of(InetAddress.getAllByName(bare)).allMatch(Destination::isPublic);
    }

    static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (address instanceof Inet6Address it ? isPublic6(it.getAddress()) : isPublic4(address.getAddress()));
    }

    /** What is left of the registry of special addresses (RFC 6890). */
    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        boolean sharedByCarriers = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        return first != 0 && first < 240 && !sharedByCarriers && !protocols && !benchmarks;
    }

    /** Global unicast, but for what carries an IPv4 address inside: 6to4 and Teredo. That of NAT64 is outside of it. */
    private static boolean isPublic6(byte[] bytes) {
        boolean globalUnicast = (bytes[0] & 0xE0) == 0x20;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        return globalUnicast && !sixToFour && !teredo;
    }
}
