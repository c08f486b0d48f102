package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All providers that are configured, by channel. */
public final class Roster {

    private final Map<Channel, Routes> byChannel = new EnumMap<>(Channel.class);

    public Roster(List<Routes> channels) {
        Set<ProviderName> names = new HashSet<>();
        for (Routes routes : channels) {
            byChannel.put(routes.channel(), routes);
            for (Route route : routes.all()) {
                if (!names.add(route.name())) {
                    throw new IllegalArgumentException("two providers are called " + route.name());
                }
            }
        }
    }

    /** Those through which something can be sent. */
    public Set<Channel> channels() {
        return byChannel.keySet();
    }

    public Optional<Routes> of(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    /** By channel, then as they were configured. */
    public Stream<Route> routes() {
        return byChannel.values().stream().flatMap(routes -> routes.all().stream());
    }

    public Optional<Route> find(ProviderName name) {
        return routes().filter(route -> route.name().equals(name)).findAny();
    }
}
