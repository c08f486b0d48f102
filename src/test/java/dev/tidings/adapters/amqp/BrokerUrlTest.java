package dev.tidings.adapters.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {

    @Test
    void everything_may_be_said() {
        BrokerUrl url = BrokerUrl.parse("amqps://ada:secret@broker.example:5999/tidings?cacertfile=/etc/my%20ca.pem");
        assertThat(url.tls()).isTrue();
        assertThat(url.host()).isEqualTo("broker.example");
        assertThat(url.port()).isEqualTo(5999);
        assertThat(url.username()).isEqualTo("ada");
        assertThat(url.password()).isEqualTo("secret");
        assertThat(url.virtualHost()).isEqualTo("tidings");
        assertThat(url.authorities()).contains(Path.of("/etc/my ca.pem"));
    }

    @Test
    void what_is_not_said_has_the_defaults_of_the_specification() {
        BrokerUrl url = BrokerUrl.parse("amqp://localhost");
        assertThat(url.tls()).isFalse();
        assertThat(url.port()).isEqualTo(5672);
        assertThat(url.username()).isEqualTo("guest");
        assertThat(url.password()).isEqualTo("guest");
        assertThat(url.virtualHost()).isEqualTo("/");
        assertThat(url.authorities()).isEmpty();
        assertThat(BrokerUrl.parse("amqps://localhost").port()).isEqualTo(5671);
    }

    @Test
    void what_is_percent_encoded_is_decoded_and_a_plus_is_a_plus() {
        BrokerUrl url = BrokerUrl.parse("amqp://us%61er%40corp:p%2F%3A+%C3%A4@h/%2Fv%2Fhost%61");
        assertThat(url.username()).isEqualTo("usaer@corp");
        assertThat(url.password()).isEqualTo("p/:+ä");
        assertThat(url.virtualHost()).isEqualTo("/v/hosta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://h", "amqp://h/", "amqp://h/%2f", "amqp://h/%2F"})
    void the_default_virtual_host_may_be_written_in_several_ways(String url) {
        assertThat(BrokerUrl.parse(url).virtualHost()).isEqualTo("/");
    }

    @Test
    void an_address_may_be_that_of_ip_version_6() {
        BrokerUrl url = BrokerUrl.parse("amqp://[2001:db8::1]:5673/x");
        assertThat(url.host()).isEqualTo("2001:db8::1");
        assertThat(url.port()).isEqualTo(5673);
        assertThat(url.toString()).isEqualTo("amqp://guest@[2001:db8::1]:5673/x");
    }

    @Test
    void a_user_without_a_password_has_the_default_one() {
        assertThat(BrokerUrl.parse("amqp://ada@h").password()).isEqualTo("guest");
        assertThat(BrokerUrl.parse("amqp://ada:@h").password()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:5672",
                "http://h",
                "amqp:///vhost",
                "amqp://h:port/",
                "amqp://u:se cret@h",
                "amqp://h/a/b",
                "amqp://u:p#x@h",
                "amqp://h?verify=verify_none",
                "amqp://h?cacertfile",
                "amqp://h?cacertfile=a&heartbeat=3",
                "amqp://u:secret%@h",
            })
    void what_can_not_be_used_is_refused_with_what_would_be_right_and_without_the_secret(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse(url))
                .withMessageContaining("RABBITMQ_URL")
                .withMessageContaining("amqp://user:password@host:5672/vhost")
                .withMessageNotContainingAny("secret", "se cret");
    }

    @Test
    void the_password_is_not_shown() {
        assertThat(BrokerUrl.parse("amqps://ada:secret@h/v").toString()).isEqualTo("amqps://ada@h:5671/v");
    }
}
