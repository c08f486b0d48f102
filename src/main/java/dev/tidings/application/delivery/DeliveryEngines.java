package dev.tidings.application.delivery;

import dev.tidings.application.commit.Wakeable;
import dev.tidings.domain.recipient.Channel;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One engine for each channel that has a provider. */
public final class DeliveryEngines implements Wakeable, AutoCloseable {

    private final Map<Channel, DeliveryEngine> byChannel = new EnumMap<>(Channel.class);

    public DeliveryEngines(Collection<DeliveryEngine> engines) {
        engines.forEach(engine -> byChannel.put(engine.channel(), engine));
    }

    public Optional<DeliveryEngine> of(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    public void start() {
        byChannel.values().forEach(DeliveryEngine::start);
    }

    @Override
    public void wake() {
        byChannel.values().forEach(DeliveryEngine::wake);
    }

    /** All at the same time: each may take as long as its providers. */
    @Override
    public void close() {
        byChannel.values().stream()
                .map(engine -> Thread.ofVirtual().start(engine::close))
                .toList()
                .forEach(DeliveryEngines::join);
    }

    private static void join(Thread closing) {
        try {
            closing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
