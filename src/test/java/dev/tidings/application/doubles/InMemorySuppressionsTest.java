package dev.tidings.application.doubles;

import dev.tidings.application.suppression.Suppressions;

class InMemorySuppressionsTest extends SuppressionsContract {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemorySuppressions suppressions = new InMemorySuppressions(transactions);

    @Override
    protected Suppressions suppressions() {
        return suppressions;
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
