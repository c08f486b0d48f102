package dev.tidings.adapters.postgres;

import dev.tidings.adapters.BulkInsert;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Copies in rows that are most likely new, which takes the database two thirds of what it takes to insert those that
 * aren't there. Where one was there already it takes more, so the next ones are not copied then.
 */
final class LikelyNew {

    /** Of fewer rows the savepoint costs more than the copying saves. */
    private static final int WORTH_COPYING = 20;

    private static final int NOT_COPIED_THEN = 100;

    private final AtomicInteger notCopied = new AtomicInteger();

    /**
     * In the running transaction.
     *
     * @return whether the rows were inserted; if not, none was
     */
    boolean inserted(JdbcTemplate jdbc, int rows, Supplier<BulkInsert> insert) {
        if (rows < WORTH_COPYING || notCopied.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return false;
        }
        if (insert.get().runIfNew(jdbc)) {
            return true;
        }
        notCopied.set(NOT_COPIED_THEN);
        return false;
    }
}
