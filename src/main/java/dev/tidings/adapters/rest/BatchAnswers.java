package dev.tidings.adapters.rest;

import dev.tidings.adapters.rest.BatchAnswer.Result;
import dev.tidings.application.acceptance.SendByChannels.Dispatched;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.application.notification.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Waits for all items of a batch, and says what came of each. */
@Component
final class BatchAnswers {

    private static final String ITEM = SendController.BATCH + "#/notifications/";

    private final Problems problems;
    private final Outages outages;

    BatchAnswers(Problems problems, Outages outages) {
        this.problems = problems;
        this.outages = outages;
    }

    /** Throws what stands in the way where that is no item's fault and nothing was accepted. */
    BatchAnswer to(List<CompletableFuture<List<Dispatched>>> receipts, RequestContext context) {
        List<Result> results = new ArrayList<>(receipts.size());
        RuntimeException inTheWay = null;
        for (CompletableFuture<List<Dispatched>> receipt : receipts) {
            int index = results.size();
            try {
                results.add(Result.of(index, receipt.join()));
            } catch (CompletionException e) {
                inTheWay = isInTheWay(Thrown.cause(e)) ? e : inTheWay;
                results.add(Result.of(index, problems.about(e, ITEM + index, String.valueOf(context.correlationId()))));
            }
        }
        return answer(BatchAnswer.of(results), inTheWay);
    }

    private static BatchAnswer answer(BatchAnswer answer, @Nullable RuntimeException inTheWay) {
        if (answer.accepted() == 0 && inTheWay != null) {
            throw inTheWay;
        }
        return answer;
    }

    private boolean isInTheWay(Throwable cause) {
        return cause instanceof RejectedExecutionException || outages.isOutage(cause);
    }
}
