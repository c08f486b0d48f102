package dev.tidings.adapters.amqp;

import static dev.tidings.adapters.amqp.UserEventsContract.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.MessageProperties;
import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.announcements.Announcements;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.PlainNumbers;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.application.events.WhenUserEventThenNotify;
import dev.tidings.testing.PrivateRabbit;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

class AmqpConfigurationTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RabbitAutoConfiguration.class))
            .withUserConfiguration(AmqpConfiguration.class, UseCases.class)
            .withPropertyValues("tidings.node=node-1");

    @TestConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(BrokerSettings.class)
    static class UseCases {

        @Bean
        TidingsInMemory tidings() {
            return new TidingsInMemory();
        }

        @Bean
        WhenUserEventThenNotify policy(TidingsInMemory tidings) {
            return tidings.whenUserEvent;
        }

        @Bean
        PhoneNumbers phones() {
            return new PlainNumbers();
        }

        @Bean
        ComposeNotifications compose(TidingsInMemory tidings) {
            return tidings.compose;
        }

        @Bean
        AcceptNotifications accept(TidingsInMemory tidings) {
            return tidings.accept;
        }

        @Bean
        Intake intake(TidingsInMemory tidings) {
            return tidings.intake;
        }

        @Bean
        Outages outages() {
            return Outage::isOutage;
        }

        @Bean
        InstantSource clock(TidingsInMemory tidings) {
            return tidings.clock;
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    void events_come_in_and_announcements_go_out_over_connections_that_bear_the_nodes_name() throws IOException {
        String url = PrivateRabbit.shared().url();
        try (TestClient client = new TestClient(url)) {
            client.forgetEverything();
            service.withPropertyValues("tidings.broker.url=" + url).run(context -> {
                soon().until(() -> context.getBean(BrokerHealth.class).problem().isEmpty());
                context.getBean(Announcements.class).publish(List.of(AnnouncementsContract.sent("e-1")));
                client.register("u-1");
                TidingsInMemory tidings = context.getBean(TidingsInMemory.class);
                soon().until(() -> tidings.contents.all().size() == 1);
                assertThat(PrivateRabbit.shared().control("list_connections", "client_properties"))
                        .contains("tidings node-1 consuming")
                        .contains("tidings node-1 publishing");
            });
        }
    }

    @Test
    void what_is_published_once_the_service_is_ready_finds_a_queue() throws IOException {
        String url = PrivateRabbit.shared().url();
        try (TestClient client = new TestClient(url)) {
            client.forgetEverything();
            service.withPropertyValues("tidings.broker.url=" + url).run(context -> {
                client.register("u-1");
                client.request(
                        MessageProperties.PERSISTENT_BASIC,
                        "{'notification_type': 'welcome', 'destination': 'ada@example.org', 'subject': 'Hello',"
                                + " 'message': 'Hello, Ada'}");
                TidingsInMemory tidings = context.getBean(TidingsInMemory.class);
                soon().until(() -> tidings.contents.all().size() == 2);
            });
        }
    }

    @Test
    void the_service_starts_without_its_broker_and_says_so() {
        service.withPropertyValues("tidings.broker.url=amqp://127.0.0.1:" + PrivateRabbit.freePort())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(BrokerHealth.class).problem()).isPresent();
                });
    }

    @Test
    void an_address_that_can_not_be_used_ends_the_start_and_does_not_show_the_password() {
        service.withPropertyValues("tidings.broker.url=http://u:secret@h")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("it must start with amqp:// or amqps://")
                        .hasMessageNotContaining("secret"));
    }
}
