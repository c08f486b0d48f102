package dev.tidings.application.doubles;

import dev.tidings.application.announcements.Announcements;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that may be down. */
public final class InMemoryAnnouncements implements Announcements {

    private final ConcurrentLinkedQueue<Addressed> published = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean down;

    @Override
    public void publish(List<Addressed> announcements) {
        calls.incrementAndGet();
        if (down) {
            throw new Outage();
        }
        published.addAll(announcements);
    }

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    public List<Addressed> published() {
        return List.copyOf(published);
    }

    public int calls() {
        return calls.get();
    }
}
