package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.commit.CommittedEvents.Committed;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.Cause;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventMetersTest {

    private static final NotificationId ID = new NotificationId(UUID.randomUUID());
    private static final Instant REQUESTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = REQUESTED.plusMillis(40);
    private static final ProviderName SMTP = new ProviderName("smtp");
    private static final Failure FAILURE = new Failure("451", "later");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EventMeters meters = new EventMeters(registry);

    @Test
    void a_request_is_counted_by_service_channel_and_type() {
        Particulars welcome = particulars("shop", "welcome");

        committed(requested(welcome), requested(welcome));

        assertThat(registry.scrape())
                .contains("tidings_accepted_total{channel=\"email\",service=\"shop\",type=\"welcome\"} 2.0");
    }

    @Test
    void what_came_of_it_is_counted_with_the_provider() {
        Particulars welcome = particulars("shop", "welcome");

        committed(
                new NotificationSent(ID, welcome, 1, 0, SMTP, null, LATER, LATER),
                new AttemptFailed(ID, welcome, 1, 0, SMTP, FAILURE, LATER, LATER, LATER),
                new NotificationFailed(ID, welcome, 4, 0, SMTP, FAILURE, Cause.PERMANENT, LATER, LATER),
                new AttemptOutcomeUnknown(ID, welcome, 1, 1, null, FAILURE, LATER, null),
                new NotificationSuppressed(ID, welcome, Finding.Rule.PREFERENCES, "switched off", LATER),
                new NotificationRequested(ID, welcome, List.of(), LATER));

        String origin = "channel=\"email\",outcome=\"%s\",provider=\"%s\",service=\"shop\",type=\"welcome\"} 1.0";
        assertThat(registry.scrape())
                .contains("tidings_outcomes_total{" + origin.formatted("sent", "smtp"))
                .contains("tidings_outcomes_total{" + origin.formatted("retrying", "smtp"))
                .contains("tidings_outcomes_total{" + origin.formatted("failed", "smtp"))
                .contains("tidings_outcomes_total{" + origin.formatted("unknown", "none"))
                .contains("tidings_outcomes_total{" + origin.formatted("suppressed", "none"))
                .contains("tidings_outcomes_total{" + origin.formatted("scheduled", "none"));
    }

    @Test
    void a_message_that_was_accepted_twice_was_sent_once() {
        Particulars welcome = particulars("shop", "welcome");

        committed(
                new NotificationSent(ID, welcome, 1, 0, SMTP, null, LATER, LATER),
                new NotificationSentAgain(ID, welcome, 2, 0, SMTP, LATER, false));

        assertThat(Totals.of(registry).count(Outcome.SENT)).isEqualTo(1);
        assertThat(registry.get(Meters.DUPLICATES).counter().count()).isEqualTo(1);
    }

    @Test
    void latency_runs_from_the_request_to_the_providers_acceptance_and_comes_in_buckets() {
        committed(new NotificationSent(ID, particulars("shop", "welcome"), 1, 0, SMTP, null, LATER, LATER));

        assertThat(registry.scrape())
                .contains("tidings_delivery_latency_seconds_bucket{channel=\"email\",lane=\"normal\",le=\"0.03\"} 0")
                .contains("tidings_delivery_latency_seconds_bucket{channel=\"email\",lane=\"normal\",le=\"0.05\"} 1")
                .contains("tidings_delivery_latency_seconds_bucket{channel=\"email\",lane=\"normal\",le=\"3600.0\"} 1")
                .contains("le=\"0.001\"");
    }

    @Test
    void a_clock_that_was_set_back_does_not_break_the_latency() {
        Instant before = REQUESTED.minus(Duration.ofSeconds(3));

        committed(new NotificationSent(ID, particulars("shop", "welcome"), 1, 0, SMTP, null, before, before));

        assertThat(registry.get(Meters.LATENCY).timer().count()).isEqualTo(1);
    }

    @Test
    void services_and_types_beyond_the_hundredth_share_a_name() {
        IntStream.range(0, 150).forEach(i -> committed(requested(particulars("service-" + i, "type_" + i))));
        committed(requested(particulars("service-0", "type_0")));

        assertThat(registry.get(Meters.ACCEPTED).counters()).hasSize(101);
        assertThat(registry.get(Meters.ACCEPTED)
                        .tags("service", "other", "type", "other")
                        .counter()
                        .count())
                .isEqualTo(50);
        assertThat(registry.get(Meters.ACCEPTED)
                        .tags("service", "service-0")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void other_events_are_not_counted() {
        meters.committed(List.of(new Committed("something else", Map.of())));

        assertThat(registry.getMeters()).isEmpty();
    }

    private void committed(NotificationEvent... events) {
        meters.committed(Arrays.stream(events)
                .map(event -> new Committed(event, Map.of()))
                .toList());
    }

    private static NotificationRequested requested(Particulars particulars) {
        return new NotificationRequested(ID, particulars, List.of(), null);
    }

    private static Particulars particulars(String service, String type) {
        return new Particulars(
                new ServiceId(service),
                null,
                new NotificationType(type),
                Channel.EMAIL,
                Lane.NORMAL,
                null,
                REQUESTED,
                null);
    }
}
