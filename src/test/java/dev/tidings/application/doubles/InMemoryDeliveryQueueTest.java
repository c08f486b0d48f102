package dev.tidings.application.doubles;

import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.notification.NotificationContents;

class InMemoryDeliveryQueueTest extends DeliveryQueueContract {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryContents contents = new InMemoryContents(transactions);
    private final InMemoryDeliveryQueue queue = new InMemoryDeliveryQueue(transactions, contents);

    @Override
    protected DeliveryQueue startedAs(String node) {
        return queue.startedAs(node);
    }

    @Override
    protected NotificationContents contents() {
        return contents;
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
