package dev.tidings.adapters.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DefaultValue;

class OpenProvidersTest {

    @Test
    void several_may_be_of_one_kind() {
        try (OpenProviders opened = open(Map.of(
                "tidings.providers.eu.kind", "pigeon",
                "tidings.providers.eu.loft", "Berlin",
                "tidings.providers.eu.concurrency", "3",
                "tidings.providers.us.kind", "pigeon",
                "tidings.providers.us.loft", "Boston"))) {
            assertThat(opened.all())
                    .extracting(each -> each.name().value(), MessageProvider::concurrency)
                    .containsExactly(tuple("eu", 3), tuple("us", 64));
            assertThat(opened.all()).isSameAs(opened.all());
        }
    }

    @Test
    void kinds_of_others_are_left_to_them() {
        try (OpenProviders opened = open(Map.of(
                "tidings.providers.smtp.kind", "smtp",
                "tidings.providers.bare.priority", "1"))) {
            assertThat(opened.all()).isEmpty();
        }
    }

    @Test
    void a_setting_that_makes_no_sense_is_an_error() {
        Map<String, String> right =
                Map.of("tidings.providers.eu.kind", "pigeon", "tidings.providers.eu.loft", "Berlin");
        for (Map.Entry<String, String> wrong : Map.of(
                        "tidings.providers.eu.concurrency", "0",
                        "tidings.providers.eu.timeout", "0s",
                        "tidings.providers.eu.connect-timeout", "soon")
                .entrySet()) {
            Map<String, String> settings = new HashMap<>(right);
            settings.put(wrong.getKey(), wrong.getValue());
            assertThatThrownBy(() -> open(settings)).isInstanceOf(BindException.class);
        }
        Map<String, String> settings = new HashMap<>(right);
        settings.put("tidings.public-url", "tidings.example.com");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(settings))
                .withMessageStartingWith("tidings.public-url (PUBLIC_URL) must be an address");
    }

    @Test
    void a_message_that_the_vendor_s_words_fail_for_fails_alone() {
        try (OpenProviders opened =
                open(Map.of("tidings.providers.eu.kind", "pigeon", "tidings.providers.eu.loft", "Berlin"))) {
            MessageProvider pigeon = opened.all().iterator().next();

            assertThat(pigeon.send(Outgoing.text(Outgoing.NUMBER)))
                    .isInstanceOfSatisfying(
                            FailedForGood.class,
                            failed -> assertThat(failed.failure().toString()).doesNotContain("Ada"));
            assertThat(pigeon.reaches(Outgoing.NUMBER)).isTrue();
            assertThat(pigeon.reaches(new PhoneNumber("+12025550123"))).isFalse();
        }
    }

    private static OpenProviders open(Map<String, String> properties) {
        return Configured.open(List.of(new Pigeon()), Map.copyOf(properties));
    }

    /** A vendor that can't put any message into words. */
    private static final class Pigeon implements ProviderKind<Pigeon.Loft> {

        record Loft(@DefaultValue("") String loft) implements Settings {
            @Override
            public List<Needed> needed() {
                return List.of(Needed.own("loft", loft));
            }
        }

        @Override
        public String kind() {
            return "pigeon";
        }

        @Override
        public Class<Loft> settings() {
            return Loft.class;
        }

        @Override
        public Vendor vendor(Loft settings, Surroundings surroundings) {
            return new Vendor() {
                @Override
                public Channel channel() {
                    return Channel.SMS;
                }

                @Override
                public Order order(OutgoingMessage message) {
                    throw new IllegalStateException("for " + message.recipientName());
                }

                @Override
                public SendOutcome outcome(Answered answer, OutgoingMessage message) {
                    throw new IllegalStateException();
                }
            };
        }
    }
}
