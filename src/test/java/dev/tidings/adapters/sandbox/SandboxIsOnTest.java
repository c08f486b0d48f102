package dev.tidings.adapters.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.delivery.ConfiguredProviders;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

class SandboxIsOnTest {

    @EnableConfigurationProperties(SandboxSettings.class)
    @Import(SandboxConfiguration.class)
    static class OnlyTheSandbox {}

    private final ApplicationContextRunner tidings = new ApplicationContextRunner()
            .withBean(InstantSource.class, Clock::systemUTC)
            .withBean(JdbcTemplate.class, () -> new JdbcTemplate(new PGSimpleDataSource()))
            .withUserConfiguration(OnlyTheSandbox.class);

    @ParameterizedTest
    @CsvSource({
        "auto, default, true",
        "auto, staging, true",
        "auto, production, false",
        "'', production, false",
        "on, production, true",
        "On, default, true",
        "off, default, false",
        "false, default, false"
    })
    void it_is_there_where_nobody_is_reached_by_mistake_and_where_somebody_wants_it(
            String enabled, String profile, boolean isThere) {
        tidings.withPropertyValues("tidings.sandbox.enabled=" + enabled, "spring.profiles.active=" + profile)
                .run(context -> {
                    assertThat(context.getBeansOfType(ConfiguredProviders.class))
                            .hasSize(isThere ? 1 : 0);
                    assertThat(context.getBeansOfType(CaughtMessages.class)).hasSize(isThere ? 1 : 0);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "1"})
    void what_is_neither_on_nor_off_is_refused_at_the_start(String enabled) {
        tidings.withPropertyValues("tidings.sandbox.enabled=" + enabled)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("SANDBOX")
                        .hasMessageContaining(enabled));
    }
}
