package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.adapters.mail.MailSettings.Tls;
import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.ProviderHealth;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;

class MailSettingsTest {

    @Test
    void as_shipped_a_host_is_all_that_is_needed() {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(OnlyMail.class)
                .withBean(InstantSource.class, InstantSource::system)
                .withPropertyValues("SMTP_HOST=smtp.example")
                .run(context -> {
                    assertThat(context.getBean(ConfiguredProviders.class).all())
                            .singleElement()
                            .isInstanceOf(ProviderHealth.class)
                            .satisfies(relay -> assertThat(relay.concurrency()).isEqualTo(8))
                            .satisfies(relay -> assertThat(relay.isSandbox()).isFalse());
                    assertThat(context.getBean(MailSettings.class).security()).isEqualTo(Tls.OPPORTUNISTIC);
                });
    }

    @Test
    void a_sender_that_is_no_address_is_an_error_at_start_that_names_the_variable() {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(OnlyMail.class)
                .withBean(InstantSource.class, InstantSource::system)
                .withPropertyValues("SMTP_HOST=smtp.example", "FROM_EMAIL=Tidings <no-reply@tidings.example>")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("tidings.mail.from-address (FROM_EMAIL) must be an email address such as"
                                + " ada@example.org, not \"Tidings <no-reply@tidings.example>\""));
    }

    @Test
    void further_relays_are_providers_of_their_own() {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(OnlyMail.class)
                .withBean(InstantSource.class, InstantSource::system)
                .withPropertyValues(
                        "SMTP_HOST=smtp.example",
                        "tidings.providers.backup.kind=smtp",
                        "tidings.providers.backup.host=other.example",
                        "tidings.providers.backup.from-address=no-reply@tidings.example",
                        "tidings.providers.backup.priority=200")
                .run(context -> assertThat(
                                context.getBean(ConfiguredProviders.class).all())
                        .extracting(relay -> relay.name().value())
                        .containsExactly("smtp", "backup"));
    }

    @TestConfiguration(proxyBeanMethods = false)
    @Import(MailConfiguration.class)
    @EnableConfigurationProperties(MailSettings.class)
    static class OnlyMail {}

    @ParameterizedTest
    @CsvSource({
        "587, '', '', OPPORTUNISTIC",
        "587, us, '', REQUIRED",
        "465, us, '', IMPLICIT",
        "465, '', '', IMPLICIT",
        "25, us, opportunistic, OPPORTUNISTIC",
        "465, us, NONE, NONE"
    })
    void where_there_is_a_password_it_is_protected_unless_told_otherwise(
            int port, String username, String tls, Tls expected) {
        assertThat(Samples.settings(port, "username", username, "password", "secret", "tls", tls)
                        .security())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "host, '', tidings.mail.host (SMTP_HOST) is missing",
        "port, 0, 'tidings.mail.port (SMTP_PORT) must be 1 to 65535, not 0'",
        "tls, yes, 'tidings.mail.tls (SMTP_TLS) must be implicit, required, opportunistic or none, not yes'",
        "username, us, 'tidings.mail.password (SMTP_PASSWORD) is missing, and username (SMTP_USERNAME) is set'",
        "connections, 0, 'tidings.mail.connections must be at least 1, not 0'",
        "return-path, nowhere, 'tidings.mail.return-path (RETURN_PATH) must be an email address such as ada@example.org, not \"nowhere\"'",
        "read-timeout, 0s, tidings.mail.read-timeout must be 1 ms to 24 d",
    })
    void what_is_wrong_is_said_by_name(String name, String value, String message) {
        assertThatThrownBy(() -> Samples.settings(587, name, value)).rootCause().hasMessage(message);
    }

    @Test
    void a_mail_goes_back_to_its_sender_unless_told_otherwise() {
        assertThat(Samples.settings(587).envelopeSender()).hasToString("no-reply@tidings.example");
        assertThat(Samples.settings(587, "return-path", " bounces@tidings.example ")
                        .envelopeSender())
                .hasToString("bounces@tidings.example");
    }

    @Test
    void a_password_is_not_told() {
        assertThat(Samples.settings(587, "username", "us", "password", "secret", "bounce-secret", "secret")
                        .toString())
                .doesNotContain("secret");
    }
}
