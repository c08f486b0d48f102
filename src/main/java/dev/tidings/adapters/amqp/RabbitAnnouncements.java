package dev.tidings.adapters.amqp;

import dev.tidings.application.announcements.Announcements;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes a batch at once, and waits for the broker's word on all of it. That nobody listens is fine. */
final class RabbitAnnouncements implements Announcements {

    private static final Duration TO_CONFIRM = Duration.ofSeconds(10);

    private final ConfirmedPublisher publisher;

    RabbitAnnouncements(ConfirmedPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(List<Addressed> announcements) {
        CompletableFuture<?>[] confirmed = announcements.stream()
                .map(AnnouncementEnvelope::of)
                .map(publisher::publish)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(confirmed).get(TO_CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotAnnounced("The broker did not take the announcements", e.getCause());
        } catch (TimeoutException e) {
            throw new NotAnnounced("The broker did not confirm the announcements within " + TO_CONFIRM, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAnnounced("Interrupted while the broker was confirming", e);
        } finally {
            for (CompletableFuture<?> each : confirmed) {
                each.cancel(false);
            }
        }
    }

    static final class NotAnnounced extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotAnnounced(String problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }
}
