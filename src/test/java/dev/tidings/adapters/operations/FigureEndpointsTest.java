package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.operations.Http.Answer;
import dev.tidings.application.commit.CommittedEvents.Committed;
import dev.tidings.application.commit.DatabaseHealth.Standby;
import dev.tidings.application.delivery.DeliveryQueue.Depth;
import dev.tidings.application.delivery.DeliveryQueue.Oldest;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FigureEndpointsTest {

    private static final String PROMETHEUS_3 = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private ConfigurableApplicationContext context;
    private Scripted parts;
    private Http http;

    @BeforeAll
    void start() throws Exception {
        context = TinyOperations.start();
        parts = context.getBean(Scripted.class);
        http = Http.to(context);
        http.get("/people/ada");
        Instant now = Instant.now();
        Particulars welcome = new Particulars(
                new ServiceId("shop"),
                null,
                new NotificationType("welcome"),
                Channel.EMAIL,
                Lane.NORMAL,
                null,
                now.minusMillis(40),
                null);
        NotificationId id = new NotificationId(UUID.randomUUID());
        context.getBean(EventMeters.class)
                .committed(List.of(
                        new Committed(new NotificationRequested(id, welcome, List.of(), null), Map.of()),
                        new Committed(
                                new NotificationSent(id, welcome, 1, 0, new ProviderName("smtp"), null, now, now),
                                Map.of())));
        Counter.builder(Meters.PARKED)
                .tag("reason", "bad_json")
                .register(context.getBean(MeterRegistry.class))
                .increment(3);
        parts.depths = List.of(new Depth(Channel.EMAIL, Lane.INSTANT, 4));
        parts.oldest = List.of(new Oldest(Channel.EMAIL, Lane.INSTANT, now.minusSeconds(120)));
        parts.standby = new Standby.Following(Duration.ofMillis(1_500));
        context.getBean(Watch.class).look();
        context.getBean(Watch.class).look();
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @Test
    void the_digest_tells_how_it_goes() throws Exception {
        JsonNode digest = http.get("/broker/metrics").json();

        assertThat(digest.at("/accepted/total").asLong()).isEqualTo(1);
        assertThat(digest.at("/outcomes").propertyNames())
                .containsExactly(
                        Arrays.stream(Outcome.values()).map(Meters::word).toArray(String[]::new));
        assertThat(digest.at("/outcomes/sent/total").asLong()).isEqualTo(1);
        assertThat(digest.at("/providers/smtp/sent/total").asLong()).isEqualTo(1);
        assertThat(digest.at("/queue/0").toString())
                .startsWith("{\"channel\":\"email\",\"lane\":\"instant\",\"waiting\":4,\"oldest_seconds\":12");
        assertThat(digest.at("/latency/0/lane").asString()).isEqualTo("normal");
        assertThat(digest.at("/latency/0/p99_ms").asDouble()).isBetween(30.0, 50.0);
        assertThat(digest.at("/parked/bad_json/total").asLong()).isEqualTo(3);
        assertThat(digest.at("/standby_lag_seconds").asDouble()).isEqualTo(1.5);
        assertThat(digest.at("/jvm/heap_used_bytes").asLong()).isPositive();
        assertThat(digest.at("/jvm/uptime_seconds").asDouble()).isPositive();
    }

    @Test
    void prometheus_scrapes_the_names_that_dashboards_know() throws Exception {
        Answer answer = http.get("/broker/prometheus");

        assertThat(answer.contentType()).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(answer.body())
                .contains("tidings_accepted_total{channel=\"email\",service=\"shop\",type=\"welcome\"} 1.0")
                .contains("tidings_queue_depth{channel=\"email\",lane=\"instant\"} 4.0")
                .contains("tidings_queue_depth{channel=\"email\",lane=\"low\"} 0.0")
                .containsPattern("tidings_queue_oldest_seconds\\{channel=\"email\",lane=\"instant\"} 12\\d")
                .contains("tidings_standby_lag_seconds 1.5")
                .contains("tidings_parked_total{reason=\"bad_json\"} 3.0")
                .contains("tidings_part_up{part=\"primary\"} 1.0")
                .contains("tidings_delivery_latency_seconds_count{channel=\"email\",lane=\"normal\"} 1")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_threads_virtual_parallelism")
                .containsPattern("http_server_requests_seconds_count\\{.*uri=\"/people/\\{userid}\"")
                .doesNotContain("uri=\"/broker/");
    }

    @ParameterizedTest
    @CsvSource({
        "application/openmetrics-text, application/openmetrics-text",
        "'text/plain;q=0.5,application/openmetrics-text', application/openmetrics-text",
        "'application/openmetrics-text;q=0.5,text/plain', text/plain",
        "application/openmetrics-text;version=2.0.0, text/plain",
        "*/*, text/plain",
        "application/json, text/plain",
        "'" + PROMETHEUS_3 + "', application/openmetrics-text"
    })
    void the_caller_chooses_the_format(String accept, String format) throws Exception {
        Answer answer = http.get("/broker/prometheus", Map.of("Accept", accept));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith(format);
        if (format.contains("openmetrics")) {
            assertThat(answer.body()).endsWith("# EOF\n");
        } else {
            assertThat(answer.body()).doesNotContain("# EOF");
        }
    }

    @Test
    void alerts_say_what_to_do() throws Exception {
        JsonNode alerts = http.get("/broker/alerts").json();

        assertThat(alerts.get("status").asString()).isEqualTo("firing");
        assertThat(alerts.at("/alerts/0").propertyNames())
                .containsExactly("name", "severity", "since", "summary", "action");
        assertThat(alerts.at("/alerts/0/name").asString()).isEqualTo("InstantMessagesWait");
        assertThat(alerts.at("/alerts/0/severity").asString()).isEqualTo("page");
        assertThat(alerts.at("/alerts").values())
                .extracting(alert -> alert.get("name").asString())
                .contains("MessagesParked");
    }
}
