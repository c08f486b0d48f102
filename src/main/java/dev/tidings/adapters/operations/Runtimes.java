package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Digest.Jvm;
import dev.tidings.adapters.operations.Digest.Pool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/** What the process runs on: the JVM, and the pools of connections. */
final class Runtimes implements MeterBinder {

    private final Supplier<MeterRegistry> registry;
    private final VirtualThreadSchedulerMXBean virtualThreads =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    Runtimes(Supplier<MeterRegistry> registry) {
        this.registry = registry;
    }

    /** Micrometer's own meters of virtual threads need a flight recording. */
    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("jvm.threads.virtual.mounted", virtualThreads, it -> it.getMountedVirtualThreadCount())
                .description("Virtual threads that are running")
                .register(meters);
        Gauge.builder("jvm.threads.virtual.queued", virtualThreads, it -> it.getQueuedVirtualThreadCount())
                .description("Virtual threads that could run but wait for a carrier")
                .register(meters);
        Gauge.builder("jvm.threads.virtual.parallelism", virtualThreads, it -> it.getParallelism())
                .description("How many virtual threads may run at the same time")
                .register(meters);
    }

    List<Pool> pools() {
        List<Pool> pools = new ArrayList<>();
        for (Gauge max : registry.get().find("hikaricp.connections.max").gauges()) {
            String name = tag(max, "pool");
            pools.add(new Pool(
                    name,
                    "jdbc",
                    value("hikaricp.connections.active", "pool", name),
                    value("hikaricp.connections.idle", "pool", name),
                    value("hikaricp.connections.pending", "pool", name),
                    (int) max.value()));
        }
        for (Gauge max : registry.get().find("r2dbc.pool.max.allocated").gauges()) {
            String name = tag(max, "name");
            pools.add(new Pool(
                    name,
                    "r2dbc",
                    value("r2dbc.pool.acquired", "name", name),
                    value("r2dbc.pool.idle", "name", name),
                    value("r2dbc.pool.pending", "name", name),
                    (int) max.value()));
        }
        return pools;
    }

    private int value(String meter, String tag, String value) {
        Gauge gauge = registry.get().find(meter).tag(tag, value).gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }

    private static String tag(Meter meter, String name) {
        return Objects.requireNonNullElse(meter.getId().getTag(name), "");
    }

    Jvm jvm() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Jvm(
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                heap.getUsed(),
                heap.getMax(),
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                virtualThreads.getMountedVirtualThreadCount(),
                virtualThreads.getQueuedVirtualThreadCount(),
                pauses(registry.get().find("jvm.gc.pause").timers()),
                cpu(registry.get().find("process.cpu.usage").gauge()));
    }

    private static double pauses(Collection<Timer> timers) {
        return timers.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                .sum();
    }

    private static double cpu(@Nullable Gauge usage) {
        return usage == null ? 0 : usage.value();
    }
}
