package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.testing.PrivateRabbit;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the broker to the use cases, which commit in memory. */
class UserEventsLeadToNotificationsTest {

    private static final String URL = PrivateRabbit.shared().url();

    private TidingsInMemory tidings;
    private TestClient client;
    private TestAdapter adapter;

    @BeforeEach
    void start() throws IOException {
        client = new TestClient(URL);
        client.forgetEverything();
        tidings = new TidingsInMemory();
        tidings.engine.start();
        adapter = new TestAdapter(URL, tidings.whenUserEvent::on, Outage::isOutage).started();
        soon().until(() -> adapter.health.problem().isEmpty());
    }

    @AfterEach
    void stop() {
        adapter.close();
        tidings.close();
        client.close();
    }

    @Test
    void each_event_leads_to_its_notification_in_the_name_of_the_service_that_told_it() {
        publish("UserRegistered", "u-1", "");
        publish("UserWelcomeRequested", "u-2", "");
        publish("UserEmailVerificationRequested", "u-3", ", 'verify_token': 'v'");
        publish("PasswordResetRequested", "u-4", ", 'reset_token': 'r'");
        publish("UserPasswordResetRequested", "u-5", ", 'reset_token': 'r'");
        publish("UserSecurityAlertRequested", "u-6", ", 'alert_type': 'new_login'");
        soon().until(() -> tidings.provider.received().size() == 6);
        assertThat(tidings.provider.received())
                .allSatisfy(message -> {
                    assertThat(message.context().serviceId().value()).isEqualTo("users");
                    assertThat(message.context().correlationId()).isEqualTo("c-1");
                })
                .extracting(message -> message.recipient().value())
                .containsExactlyInAnyOrder(
                        "u-1@example.org",
                        "u-2@example.org",
                        "u-3@example.org",
                        "u-4@example.org",
                        "u-5@example.org",
                        "u-6@example.org");
    }

    @Test
    void an_event_that_comes_again_changes_nothing() {
        publish("UserRegistered", "u-1", "");
        soon().until(() -> consumed() == 1);
        publish("UserRegistered", "u-1", "");
        soon().until(() -> consumed() == 2);
        assertThat(tidings.contents.all()).hasSize(1);
        assertThat(parked()).isZero();
    }

    @Test
    void the_one_that_can_not_be_stored_is_parked_and_the_others_are_accepted() {
        tidings.contents.refuse(content -> content.recipient().value().startsWith("u-13@"));
        for (int i = 0; i < 100; i++) {
            publish("UserRegistered", "u-" + i, "");
        }
        soon().until(() -> consumed() == 99);
        soon().until(() -> parked() == 1);
        GetResponse parked = client.parked(1).getFirst();
        assertThat(new String(parked.getBody(), UTF_8)).contains("u-13@example.org");
        assertThat(UserEventsContract.texts(parked))
                .containsEntry("x-tidings-reason-code", "not_stored")
                .extractingByKey("x-tidings-reason")
                .asString()
                .doesNotContain("@");
    }

    @Test
    void an_outage_parks_nothing_and_loses_nothing() {
        tidings.transactions.goDown();
        for (int i = 0; i < 20; i++) {
            publish("UserRegistered", "u-" + i, "");
        }
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(() -> consumed() + parked() == 0);
        tidings.transactions.comeBack();
        soon().until(() -> consumed() == 20);
        assertThat(tidings.contents.all()).hasSize(20);
        assertThat(parked()).isZero();
    }

    private void publish(String type, String userid, String more) {
        client.publish("user.x", """
                {'event_type': '%s', 'event_id': 'e-%s', 'source_service': 'users', 'correlation_id': 'c-1',
                 'userid': '%s', 'email': '%s@example.org', 'username': 'Ada'%s}""".formatted(type, userid, userid, userid, more));
    }

    private double consumed() {
        return total("tidings.consumed");
    }

    private double parked() {
        return total("tidings.parked");
    }

    private double total(String counters) {
        return adapter.meters.find(counters).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
