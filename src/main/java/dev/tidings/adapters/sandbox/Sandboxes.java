package dev.tidings.adapters.sandbox;

import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.domain.recipient.Channel;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;

/** One for each channel. Stops before delivery does, so that nobody hangs any more while that waits for all. */
final class Sandboxes implements ConfiguredProviders, SmartLifecycle {

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<SandboxProvider> providers;
    private volatile boolean running;

    Sandboxes(SandboxMessages messages, SandboxSettings settings, InstantSource clock) {
        this.providers = Stream.of(Channel.values())
                .map(channel -> new SandboxProvider(channel, messages, settings, clock, closing))
                .toList();
    }

    @Override
    public List<? extends MessageProvider> all() {
        return providers;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        closing.countDown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
