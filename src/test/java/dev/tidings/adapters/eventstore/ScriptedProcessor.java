package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.LogProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Notes what it was given, after it has done what a test tells it to. */
final class ScriptedProcessor implements LogProcessor {

    private final String name;
    private final boolean callsOutside;
    private final ConcurrentLinkedQueue<Object> processed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Consumer<List<Logged>> work = _ -> {};
    private volatile Duration gathers = Duration.ZERO;

    private ScriptedProcessor(String name, boolean callsOutside) {
        this.name = name;
        this.callsOutside = callsOutside;
    }

    static ScriptedProcessor inside(String name) {
        return new ScriptedProcessor(name, false);
    }

    static ScriptedProcessor outside(String name) {
        return new ScriptedProcessor(name, true);
    }

    ScriptedProcessor doing(Consumer<List<Logged>> work) {
        this.work = work;
        return this;
    }

    ScriptedProcessor gathering(Duration time) {
        this.gathers = time;
        return this;
    }

    List<Object> processed() {
        return List.copyOf(processed);
    }

    int calls() {
        return calls.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean callsOutside() {
        return callsOutside;
    }

    @Override
    public Duration gathers() {
        return gathers;
    }

    @Override
    public void process(List<Logged> batch) {
        calls.incrementAndGet();
        work.accept(batch);
        batch.forEach(logged -> processed.add(logged.event()));
    }
}
