package dev.tidings.application.doubles;

import dev.tidings.application.contact.ContactPoints;

class InMemoryContactPointsTest extends ContactPointsContract {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryContactPoints contacts = new InMemoryContactPoints(transactions);

    @Override
    protected ContactPoints contacts() {
        return contacts;
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
