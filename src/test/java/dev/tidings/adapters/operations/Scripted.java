package dev.tidings.adapters.operations;

import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.delivery.DeliveryQueue;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Parts that are as the test says. */
final class Scripted {

    final AtomicInteger primaryAsked = new AtomicInteger();
    volatile @Nullable String primaryProblem;
    volatile @Nullable String brokerProblem;
    volatile @Nullable String mailProblem;
    volatile DatabaseHealth.Standby standby = new DatabaseHealth.Standby.Following(Duration.ZERO);
    volatile List<DeliveryQueue.Depth> depths = List.of();
    volatile List<DeliveryQueue.Oldest> oldest = List.of();
    volatile Duration countingTakes = Duration.ZERO;
    final AtomicInteger counts = new AtomicInteger();
    volatile @Nullable CountDownLatch brokerAnswersAfter;

    DatabaseHealth databases() {
        return new DatabaseHealth() {
            @Override
            public Optional<String> primaryProblem() {
                primaryAsked.incrementAndGet();
                return Optional.ofNullable(primaryProblem);
            }

            @Override
            public Standby standby() {
                return standby;
            }
        };
    }

    Optional<String> broker() {
        CountDownLatch latch = brokerAnswersAfter;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.ofNullable(brokerProblem);
    }

    Optional<String> mail() {
        return Optional.ofNullable(mailProblem);
    }

    /** Only what waits in it is asked for. */
    DeliveryQueue queue() {
        return (DeliveryQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeliveryQueue.class}, (self, method, arguments) -> {
                    return switch (method.getName()) {
                        case "depths" -> counted();
                        case "oldest" -> oldest;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private List<DeliveryQueue.Depth> counted() throws InterruptedException {
        counts.incrementAndGet();
        Thread.sleep(countingTakes);
        return depths;
    }
}
