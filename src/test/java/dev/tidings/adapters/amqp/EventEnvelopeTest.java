package dev.tidings.adapters.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.tidings.adapters.amqp.Poison.Reason;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.events.UserEvent;
import dev.tidings.application.events.UserEvent.PasswordResetRequested;
import dev.tidings.application.events.UserEvent.UserEmailVerificationRequested;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.events.UserEvent.UserSecurityAlertRequested;
import dev.tidings.application.events.UserEvent.UserWelcomeRequested;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class EventEnvelopeTest {

    private static final UserId ADA = new UserId("u-1");
    private static final EmailAddress EMAIL = new EmailAddress("ada@example.org");
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final BasicProperties NONE = new BasicProperties();

    private final EventEnvelope envelope = new EventEnvelope(DataSize.ofKilobytes(10));

    @Nested
    class Events {

        @Test
        void somebody_has_registered() throws Poison {
            assertThat(event("UserRegistered", "")).isEqualTo(new UserRegistered(ADA, EMAIL, "Ada"));
        }

        @Test
        void a_welcome_is_asked_for() throws Poison {
            assertThat(event("UserWelcomeRequested", "")).isEqualTo(new UserWelcomeRequested(ADA, EMAIL, "Ada"));
        }

        @Test
        void an_address_is_to_be_verified() throws Poison {
            assertThat(event("UserEmailVerificationRequested", ", 'verify_token': 't/1'"))
                    .isEqualTo(new UserEmailVerificationRequested(ADA, EMAIL, "Ada", "t/1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PasswordResetRequested", "UserPasswordResetRequested"})
        void a_password_is_to_be_reset(String type) throws Poison {
            assertThat(event(type, ", 'reset_token': 't'"))
                    .isEqualTo(new PasswordResetRequested(ADA, EMAIL, "Ada", "t"));
        }

        @Test
        void who_resets_a_password_need_not_be_named() throws Poison {
            assertThat(open("{'event_type': 'PasswordResetRequested', 'userid': 'u-1', 'email': 'ada@example.org',"
                                    + " 'reset_token': 't'}")
                            .event())
                    .isEqualTo(new PasswordResetRequested(ADA, EMAIL, null, "t"));
        }

        @Test
        void somebody_is_to_be_alerted() throws Poison {
            assertThat(event(
                            "UserSecurityAlertRequested",
                            ", 'alert_type': 'new_login', 'ip_address': '192.0.2.1', 'device': 'Firefox',"
                                    + " 'location': 'Pune', 'occurred_at': '2026-01-02T03:04:05Z', 'details': 'twice'"))
                    .isEqualTo(new UserSecurityAlertRequested(
                            ADA,
                            EMAIL,
                            "Ada",
                            Map.of(
                                    "alert_type", "new_login",
                                    "ip_address", "192.0.2.1",
                                    "device", "Firefox",
                                    "location", "Pune",
                                    "occurred_at", "2026-01-02T03:04:05Z",
                                    "details", "twice")));
        }

        private UserEvent event(String type, String more) throws Poison {
            return open("{'event_type': '" + type + "', 'userid': 'u-1', 'email': 'ada@example.org', 'username': 'Ada'"
                            + more + "}")
                    .event();
        }
    }

    @Nested
    class Envelopes {

        @Test
        void everything_is_taken_from_the_body() throws Poison {
            IncomingEvent incoming = open("""
                    {'event_type': 'UserRegistered', 'event_id': 'e-1', 'source_service': 'user-service',
                     'correlation_id': 'c-1', 'timestamp': '2026-01-02T03:04:05Z', 'something': {'new': [1]},
                     'userid': 'u-1', 'email': 'ada@example.org', 'username': 'Ada'}""");
            assertThat(incoming.source()).isEqualTo(new SourceMessage(new ServiceId("user-service"), "e-1"));
            assertThat(incoming.context().serviceId()).isEqualTo(new ServiceId("user-service"));
            assertThat(incoming.context().correlationId()).isEqualTo("c-1");
            assertThat(incoming.context().traceparent()).isNull();
        }

        @Test
        void what_the_body_lacks_is_taken_from_the_properties() throws Poison {
            IncomingEvent incoming = registered(new BasicProperties.Builder()
                    .messageId("m-1")
                    .appId("crm")
                    .correlationId("c-2")
                    .headers(Map.of("traceparent", TRACEPARENT))
                    .build());
            assertThat(incoming.source()).isEqualTo(new SourceMessage(new ServiceId("crm"), "m-1"));
            assertThat(incoming.context().correlationId()).isEqualTo("c-2");
            assertThat(incoming.context().traceparent()).isEqualTo(TRACEPARENT);
        }

        @Test
        void an_event_without_an_id_has_no_source_and_one_without_a_service_comes_from_an_unknown_one() throws Poison {
            IncomingEvent incoming = registered(NONE);
            assertThat(incoming.source()).isNull();
            assertThat(incoming.context().serviceId()).isEqualTo(new ServiceId("unknown"));
            assertThat(incoming.context().correlationId()).isNull();
        }

        @Test
        void an_application_that_is_no_service_is_unknown() throws Poison {
            assertThat(registered(new BasicProperties.Builder()
                                    .appId("My App 1.0")
                                    .build())
                            .context()
                            .serviceId())
                    .isEqualTo(new ServiceId("unknown"));
        }

        @Test
        void the_events_id_is_its_correlation_id_when_there_is_no_other() throws Poison {
            assertThat(registered(new BasicProperties.Builder().messageId("m-1").build())
                            .context()
                            .correlationId())
                    .isEqualTo("m-1");
        }

        @Test
        void the_header_is_preferred_to_the_property_as_correlation_id() throws Poison {
            assertThat(registered(new BasicProperties.Builder()
                                    .correlationId("property")
                                    .headers(Map.of("x-correlation-id", LongStringHelper.asLongString("header")))
                                    .build())
                            .context()
                            .correlationId())
                    .isEqualTo("header");
        }

        @Test
        void a_correlation_id_is_made_harmless() throws Poison {
            assertThat(registered(new BasicProperties.Builder()
                                    .correlationId("a\r\nb\u001b[31m ä" + "x".repeat(200))
                                    .build())
                            .context()
                            .correlationId())
                    .isEqualTo("ab[31m" + "x".repeat(122));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                    "x"
                })
        void an_invalid_traceparent_is_none(String traceparent) throws Poison {
            assertThat(registered(new BasicProperties.Builder()
                                    .headers(Map.of("traceparent", traceparent))
                                    .build())
                            .context()
                            .traceparent())
                    .isNull();
        }

        private IncomingEvent registered(BasicProperties properties) throws Poison {
            return open(
                    "user.registered",
                    properties,
                    "{'event_type': 'UserRegistered', 'userid': 'u-1', 'email': 'ada@example.org', 'username': 'Ada'}");
        }
    }

    @Nested
    class Types {

        private static final String FIELDS =
                "'userid': 'u-1', 'email': 'ada@example.org', 'username': 'Ada', 'verify_token': 'v', 'reset_token': 'r'";

        @Test
        void the_body_says_it_before_the_header() throws Poison {
            BasicProperties header = withType("UserRegistered");
            assertThat(open("user.registered", header, "{'event_type': 'UserWelcomeRequested', " + FIELDS + "}")
                            .type())
                    .isEqualTo(EventType.WELCOME);
        }

        @Test
        void the_header_says_it_before_the_routing_key() throws Poison {
            assertThat(open("user.registered", withType("UserWelcomeRequested"), "{" + FIELDS + "}")
                            .type())
                    .isEqualTo(EventType.WELCOME);
        }

        @ParameterizedTest
        @CsvSource({
            "user.registered, REGISTERED",
            "user.welcome_requested, WELCOME",
            "user.email_verification_requested, EMAIL_VERIFICATION",
            "user.password_reset_requested, PASSWORD_RESET",
            "user.security_alert_requested, SECURITY_ALERT"
        })
        void the_routing_key_says_it_when_nothing_else_does(String key, EventType type) throws Poison {
            assertThat(open(key, NONE, "{'event_type': null, " + FIELDS + "}").type())
                    .isEqualTo(type);
        }

        private BasicProperties withType(String type) {
            return new BasicProperties.Builder()
                    .headers(Map.of("event_type", LongStringHelper.asLongString(type)))
                    .build();
        }
    }

    @Nested
    class Poisons {

        @Test
        void a_body_may_be_only_so_long() {
            Poison poison = poison(" ".repeat(10 * 1024 + 1));
            assertThat(poison.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(poison.problem()).contains("10241").contains("10240");
        }

        @Test
        void a_body_is_utf_8() {
            Poison poison = poison("user.registered", "{\"userid\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(poison.reason()).isEqualTo(Reason.INVALID_UTF8);
            assertThat(poison("user.registered", "{}".getBytes(StandardCharsets.UTF_16))
                            .reason())
                    .isEqualTo(Reason.INVALID_UTF8);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "ada@example.org",
                    "{} {}",
                    "{'a': 1,}",
                    "{'userid': 'a', 'userid': 'b'}",
                    "<event/>",
                    "{'a': NaN}",
                    "\uFEFF{}"
                })
        void a_body_is_json(String body) {
            Poison poison = poison(body);
            assertThat(poison.reason()).isEqualTo(Reason.INVALID_JSON);
            assertThat(poison.problem()).contains("line 1").doesNotContain("ada");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "  ", "[]", "5", "null", "'text'"})
        void a_body_is_an_object(String body) {
            assertThat(poison(body).reason()).isEqualTo(Reason.NOT_AN_OBJECT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"a\":"})
        void a_nesting_bomb_does_no_harm(String opening) {
            Poison poison = poison(opening.repeat(2_000));
            assertThat(poison.reason()).isEqualTo(Reason.INVALID_JSON);
            assertThat(poison.problem()).contains("nested");
        }

        @Test
        void a_number_bomb_does_no_harm() {
            assertThat(poison("{'a': " + "9".repeat(5_000) + "}").reason()).isEqualTo(Reason.INVALID_JSON);
        }

        @Test
        void an_unknown_type_is_named_with_those_that_are_known() {
            Poison poison = poison("{'event_type': 'UserSneezed', 'correlation_id': 'c-1'}");
            assertThat(poison.reason()).isEqualTo(Reason.UNKNOWN_TYPE);
            assertThat(poison.problem()).contains("the body's event_type UserSneezed", "UserRegistered");
            assertThat(poison.correlationId()).isEqualTo("c-1");
            assertThat(poison("user.sneezed", "{}".getBytes(StandardCharsets.UTF_8))
                            .problem())
                    .contains("the routing key user.sneezed");
        }

        @Test
        void a_type_that_may_be_anything_is_not_shown() {
            assertThat(poison("{'event_type': 'ada@example.org'}").problem()).doesNotContain("ada");
        }

        @Test
        void everything_that_is_wrong_is_said_at_once() {
            Poison poison = poison("""
                    {'event_type': 'UserEmailVerificationRequested', 'event_id': 7, 'source_service': 'no service!',
                     'userid': 5, 'email': 'ada', 'username': '\\u0000'}""");
            assertThat(poison.reason()).isEqualTo(Reason.INVALID_FIELDS);
            assertThat(poison.problem().split("; "))
                    .satisfiesExactlyInAnyOrder(
                            problem -> assertThat(problem).isEqualTo("event_id must be a string"),
                            problem -> assertThat(problem).startsWith("source_service must be"),
                            problem -> assertThat(problem).isEqualTo("userid must be a string"),
                            problem -> assertThat(problem).startsWith("email must be an email address"),
                            problem -> assertThat(problem).startsWith("username must not have control characters"),
                            problem -> assertThat(problem).isEqualTo("verify_token is missing"));
        }

        @ParameterizedTest
        @CsvSource({"event_id, 200", "userid, 128", "username, 200", "verify_token, 2048", "correlation_id, 1000"})
        void texts_are_bounded(String field, int longest) {
            Poison poison = poison("{'event_type': 'UserEmailVerificationRequested', '" + field + "': '"
                    + "x".repeat(longest + 1) + "'}");
            assertThat(poison.problem()).contains(field + " must have at most " + longest + " characters");
        }

        @Test
        void half_a_character_is_none() {
            assertThat(poison("{'event_type': 'UserRegistered', 'userid': 'u-1', 'email': 'ada@example.org',"
                                    + " 'username': '\\ud83d'}")
                            .problem())
                    .contains("username must not have control characters or broken characters");
        }

        @Test
        void a_type_that_is_no_text_is_wrong_even_if_the_routing_key_knows() {
            assertThat(poison("{'event_type': 5}").problem()).contains("event_type must be a string");
        }

        private Poison poison(String body) {
            return poison("user.registered", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        private Poison poison(String routingKey, byte[] body) {
            return Objects.requireNonNull(
                    catchThrowableOfType(Poison.class, () -> envelope.open(delivery(routingKey, NONE, body))));
        }
    }

    private IncomingEvent open(String body) throws Poison {
        return open("user.other", NONE, body);
    }

    private IncomingEvent open(String routingKey, BasicProperties properties, String body) throws Poison {
        return envelope.open(
                delivery(routingKey, properties, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static Delivery delivery(String routingKey, BasicProperties properties, byte[] body) {
        return new Delivery(new Envelope(1, false, Topology.EVENTS, routingKey), properties, body);
    }
}
