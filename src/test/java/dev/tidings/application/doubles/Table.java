package dev.tidings.application.doubles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows by key, in the order of their adding, which take part in transactions. */
final class Table<K, V> {

    private final InMemoryTransactions transactions;
    private final Map<K, V> rows = new LinkedHashMap<>();
    private volatile Predicate<V> refused = row -> false;

    Table(InMemoryTransactions transactions) {
        this.transactions = transactions;
    }

    /** As a constraint of a database does. */
    void refuse(Predicate<V> refused) {
        this.refused = refused;
    }

    Optional<V> get(K key) {
        return transactions.inTurn(() -> Optional.ofNullable(rows.get(key)));
    }

    List<V> all() {
        return transactions.inTurn(() -> List.copyOf(rows.values()));
    }

    @Nullable V put(K key, V row) {
        return transactions.inTurn(() -> {
            if (refused.test(row)) {
                throw new IllegalStateException("refused: " + row);
            }
            V before = rows.put(key, row);
            restoreOnRollback(key, before);
            return before;
        });
    }

    void remove(K key) {
        transactions.inTurn(() -> {
            restoreOnRollback(key, rows.remove(key));
            return null;
        });
    }

    void clear() {
        List.copyOf(rows.keySet()).forEach(this::remove);
    }

    private void restoreOnRollback(K key, @Nullable V before) {
        transactions.onRollback(() -> {
            if (before == null) {
                rows.remove(key);
            } else {
                rows.put(key, before);
            }
        });
    }
}
