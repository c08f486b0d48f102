package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderMessages;

class InMemoryProviderMessagesTest extends ProviderMessagesContract {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryProviderMessages messages = new InMemoryProviderMessages(transactions);

    @Override
    protected ProviderMessages messages() {
        return messages;
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
