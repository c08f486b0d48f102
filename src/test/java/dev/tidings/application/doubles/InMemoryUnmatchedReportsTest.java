package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.reports.UnmatchedReports;

class InMemoryUnmatchedReportsTest extends UnmatchedReportsContract {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryProviderMessages messages = new InMemoryProviderMessages(transactions);
    private final InMemoryUnmatchedReports reports = new InMemoryUnmatchedReports(transactions, messages);

    @Override
    protected UnmatchedReports reports() {
        return reports;
    }

    @Override
    protected ProviderMessages messages() {
        return messages;
    }

    @Override
    protected void inOneCommit(Runnable work) {
        transactions.executeInTransaction(work);
    }
}
