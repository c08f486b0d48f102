package dev.tidings.adapters.rest;

import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Sees from which threads ports are called, and makes reads fail on demand. */
final class Witness {

    record Seen(boolean virtualThread, @Nullable String correlationId) {}

    final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    private void look() {
        seen.add(new Seen(Thread.currentThread().isVirtual(), MDC.get(Correlation.KEY)));
    }

    Templates watching(Templates templates) {
        return new Templates() {
            @Override
            public SequencedSet<String> names() {
                return templates.names();
            }

            @Override
            public Optional<TemplateRef> find(String name) {
                return templates.find(name);
            }

            @Override
            public Message render(
                    TemplateRef template, Channel channel, @Nullable String subject, Map<String, ?> variables) {
                look();
                return templates.render(template, channel, subject, variables);
            }
        };
    }

    PreferencesLog watching(PreferencesLog log) {
        return ids -> {
            look();
            return log.find(ids);
        };
    }

    NotificationReads watching(NotificationReads reads) {
        return new NotificationReads() {
            @Override
            public CompletionStage<Optional<Found>> find(NotificationId id) {
                RuntimeException failure = failures.poll();
                return failure == null ? reads.find(id) : CompletableFuture.failedStage(failure);
            }

            @Override
            public CompletionStage<Optional<Found>> findNow(NotificationId id) {
                return reads.findNow(id);
            }

            @Override
            public CompletionStage<List<Recorded>> events(NotificationId id) {
                return reads.events(id);
            }

            @Override
            public CompletionStage<Page> list(Query query) {
                return reads.list(query);
            }
        };
    }
}
