package dev.tidings.adapters.operations;

import dev.tidings.application.commit.CommittedEvents;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailedOver;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.NotificationBounced;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationComplained;
import dev.tidings.domain.notification.NotificationEvent.NotificationDelivered;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRead;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationEvent.NotificationWithheld;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts what happened to notifications, from the events that say so. */
final class EventMeters implements CommittedEvents {

    private static final String NO_PROVIDER = "none";
    private static final int MOST_NAMES = 100;
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(30),
        Duration.ofMillis(50),
        Duration.ofMillis(75),
        Duration.ofMillis(100),
        Duration.ofMillis(150),
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final BoundedTag services = new BoundedTag(MOST_NAMES);
    private final BoundedTag types = new BoundedTag(MOST_NAMES);
    private final Map<Origin, Counter> accepted = new ConcurrentHashMap<>();
    private final Map<Origin, Counter> duplicates = new ConcurrentHashMap<>();
    private final Map<OutcomeOf, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<ChannelLane, Timer> latencies = new ConcurrentHashMap<>();

    private record Origin(String service, Channel channel, String type) {}

    private record OutcomeOf(Origin origin, String provider, Outcome outcome) {}

    private record ChannelLane(Channel channel, Lane lane) {}

    EventMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void committed(List<Committed> events) {
        for (Committed committed : events) {
            if (committed.event() instanceof NotificationEvent event) {
                count(event);
            }
        }
    }

    private void count(NotificationEvent event) {
        switch (event) {
            case NotificationRequested e -> {
                get(accepted, origin(e.particulars()), this::acceptedCounter).increment();
                if (e.sendAt() != null) {
                    outcome(e.particulars(), null, Outcome.SCHEDULED);
                }
            }
            case NotificationSuppressed e -> outcome(e.particulars(), null, Outcome.SUPPRESSED);
            case NotificationSent e -> {
                outcome(e.particulars(), e.provider(), Outcome.SENT);
                latency(e.particulars(), e.at());
            }
            case NotificationSentAgain e ->
                get(duplicates, origin(e.particulars()), this::duplicatesCounter)
                        .increment();
            case AttemptFailed e -> outcome(e.particulars(), e.provider(), Outcome.RETRYING);
            case AttemptOutcomeUnknown e -> outcome(e.particulars(), e.provider(), Outcome.UNKNOWN);
            case NotificationFailed e -> outcome(e.particulars(), e.provider(), Outcome.FAILED);
            case AttemptPostponed e -> outcome(e.particulars(), e.provider(), Outcome.POSTPONED);
            case AttemptFailedOver e -> outcome(e.particulars(), e.provider(), Outcome.FAILED_OVER);
            case NotificationWithheld e -> outcome(e.particulars(), null, Outcome.SUPPRESSED);
            case NotificationDelivered e -> outcome(e.particulars(), e.provider(), Outcome.DELIVERED);
            case NotificationRead e -> outcome(e.particulars(), e.provider(), Outcome.READ);
            case NotificationBounced e -> outcome(e.particulars(), e.provider(), Outcome.BOUNCED);
            case NotificationComplained e -> outcome(e.particulars(), e.provider(), Outcome.COMPLAINED);
            case NotificationScheduled e -> outcome(e.particulars(), null, Outcome.SCHEDULED);
            case NotificationCancelled e -> outcome(e.particulars(), null, Outcome.CANCELLED);
            case NotificationExpired e -> outcome(e.particulars(), null, Outcome.EXPIRED);
            case NotificationRedriven e -> outcome(e.particulars(), null, Outcome.REDRIVEN);
            case NotificationResolved e -> outcome(e.particulars(), null, Outcome.RESOLVED);
        }
    }

    private void outcome(Particulars particulars, @Nullable ProviderName provider, Outcome outcome) {
        String name = provider == null ? NO_PROVIDER : provider.value();
        get(outcomes, new OutcomeOf(origin(particulars), name, outcome), this::outcomeCounter)
                .increment();
    }

    private void latency(Particulars particulars, Instant sentAt) {
        Duration latency = Duration.between(particulars.requestedAt(), sentAt);
        get(latencies, new ChannelLane(particulars.channel(), particulars.lane()), this::latencyTimer)
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }

    private Origin origin(Particulars particulars) {
        return new Origin(
                services.of(particulars.serviceId().value()),
                particulars.channel(),
                types.of(particulars.type().value()));
    }

    private Counter acceptedCounter(Origin origin) {
        return counter(Meters.ACCEPTED, "Notifications that were accepted", origin)
                .register(registry);
    }

    private Counter duplicatesCounter(Origin origin) {
        return counter(Meters.DUPLICATES, "Messages that a provider accepted a second time", origin)
                .register(registry);
    }

    private Counter outcomeCounter(OutcomeOf of) {
        return counter(Meters.OUTCOMES, "What came of notifications and of attempts", of.origin)
                .tag("provider", of.provider)
                .tag("outcome", Meters.word(of.outcome))
                .register(registry);
    }

    private static Counter.Builder counter(String name, String description, Origin origin) {
        return Counter.builder(name)
                .description(description)
                .tag("service", origin.service)
                .tag("channel", Meters.word(origin.channel))
                .tag("type", origin.type);
    }

    private Timer latencyTimer(ChannelLane line) {
        return Timer.builder(Meters.LATENCY)
                .description("From the request to the provider's acceptance, waiting included")
                .tag("channel", Meters.word(line.channel))
                .tag("lane", Meters.word(line.lane))
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /** Unlike {@code computeIfAbsent}, never locks what is there already. */
    private static <K, M> M get(Map<K, M> meters, K key, Function<K, M> register) {
        M meter = meters.get(key);
        return meter == null ? meters.computeIfAbsent(key, register) : meter;
    }
}
