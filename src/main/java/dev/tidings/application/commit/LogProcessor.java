package dev.tidings.application.commit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Follows the log in batches. How far it has come is kept under its name, and one node at a time follows for it. */
public interface LogProcessor {

    String name();

    /**
     * Whether it calls the outside. Then no transaction is open meanwhile, and a batch may come twice; else what it
     * writes and how far it has come are one commit.
     */
    boolean callsOutside();

    /**
     * For how long what comes in a stream may be gathered into one batch: worth it where what happens to a thing within
     * that time is written once. What comes now and then is not held back.
     */
    default Duration gathers() {
        return Duration.ZERO;
    }

    /** In the order of the log, but for what was committed late. A batch that it throws at comes again, until it doesn't. */
    void process(List<Logged> batch);

    /**
     * @param eventId the same for ever
     * @param sequence the number of the event within its aggregate's life, from 0
     */
    record Logged(String eventId, Object event, long sequence, Map<String, ?> metadata) {}
}
