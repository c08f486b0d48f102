package dev.tidings.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One cell: a load, a fault in the middle of it, and the reckoning when all has settled. */
public final class Trial {

    static final int PER_SECOND = 200;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(3);
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(3);
    private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long A_WHILE = TimeUnit.SECONDS.toNanos(1);

    private final Stage stage;
    private final Cell cell;
    private final int size;
    private final List<String> troubles = new ArrayList<>();

    private Trial(Stage stage, Cell cell, int size) {
        this.stage = stage;
        this.cell = cell;
        this.size = size;
    }

    /** @param size how many notifications are accepted at least */
    public static Result of(Stage stage, Cell cell, int size) throws Exception {
        return new Trial(stage, cell, size).run();
    }

    private Result run() throws Exception {
        String service = "chaos-" + cell.id();
        long position = Books.position(stage);
        int parkedBefore = Books.of(stage, service, position).parked();
        stage.sink.taken().clear();
        stage.announced.sentOrFailed().clear();
        Load load = new Load(stage, service, PER_SECOND).started();
        try (Flow flow = new Flow(stage.sink::count)) {
            awaitLoad(() -> load.accepted().size() >= size / 3);
            flow.faultBegins();
            CompletableFuture<Void> fault = strike(flow);
            awaitLoad(() -> fault.isCompletedExceptionally() || (load.accepted().size() >= size && flow.isBack()));
            load.stop();
            long loadEnded = System.nanoTime();
            join(fault);
            Books books = settled(service, position, load.accepted());
            Result.Timing timing = new Result.Timing(flow.untilBack(), flow.sinceFaultOr(loadEnded));
            stage.becomesWhole().ifPresent(ailing -> troubles.add("not whole again: " + ailing));
            return Reckoning.of(
                    cell,
                    load,
                    books,
                    stage.sink.taken(),
                    stage.announced.sentOrFailed(),
                    books.parked() - parkedBefore,
                    timing,
                    troubles);
        } finally {
            load.stop();
        }
    }

    /** Completes when it is over and tidied up. */
    private CompletableFuture<Void> strike(Flow flow) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name("fault").start(() -> {
            try {
                cell.strike().strike(stage, flow::faultEnds);
                done.complete(null);
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            } finally {
                flow.faultEnds();
            }
        });
        return done;
    }

    private void join(CompletableFuture<Void> fault) {
        try {
            fault.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Cells.NotHere) {
                throw e;
            }
            troubles.add("the fault could not be mended: " + e.getCause());
        }
    }

    private void awaitLoad(BooleanSupplier enough) {
        long deadline = System.nanoTime() + LONGEST_LOAD.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                troubles.add("gave up waiting for the load after " + LONGEST_LOAD.toSeconds() + " s");
                return;
            }
            LockSupport.parkNanos(A_MOMENT);
        }
    }

    /** The books when nothing moves any more: all that was accepted is known, has ended or is held, is viewed and told. */
    private Books settled(String service, long position, Set<String> accepted) throws Exception {
        long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
        Map<String, Integer> open = new TreeMap<>();
        while (System.nanoTime() < deadline) {
            try {
                Books books = Books.of(stage, service, position);
                open = open(books, accepted);
                if (open.isEmpty()) {
                    return books;
                }
            } catch (SQLException | java.io.IOException notYet) {
                open.put("unreachable", 1);
            }
            LockSupport.parkNanos(A_WHILE);
        }
        troubles.add("after " + LONGEST_SETTLING.toSeconds() + " s there were still " + open);
        return Books.of(stage, service, position);
    }

    private Map<String, Integer> open(Books books, Set<String> accepted) {
        Map<String, Integer> open = new TreeMap<>();
        put(open, "due", books.due().size());
        put(open, "unread", books.readyAtBroker());
        put(open, "unknown", (int) accepted.stream()
                .filter(key -> !books.stories().containsKey(key))
                .count());
        put(open, "behind in the view", Reckoning.ledger(books).behind());
        put(open, "not announced", Reckoning.unannounced(books, stage.announced.sentOrFailed()));
        put(open, "open", books.count(story -> !story.hasEnded() && !books.waits(story)));
        return open;
    }

    private static void put(Map<String, Integer> open, String what, int count) {
        if (count != 0) {
            open.put(what, count);
        }
    }
}
