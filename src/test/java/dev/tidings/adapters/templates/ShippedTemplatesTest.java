package dev.tidings.adapters.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.acceptance.Templates.MissingVariables;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.recipient.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The four that come with Tidings. */
class ShippedTemplatesTest {

    private static final Templates TEMPLATES = shipped();
    private static final String LINK = "https://app.example/do?token=0123456789abcdef0123456789abcdef&x=1";

    record Example(String template, List<String> needs, Map<String, String> all) {}

    static List<Example> examples() {
        return List.of(
                new Example(
                        "email_verification",
                        List.of("username", "verification_link"),
                        Map.of("username", "Ada Lovelace", "verification_link", LINK)),
                new Example("password_reset", List.of("reset_link"), Map.of("username", "Ada", "reset_link", LINK)),
                new Example("welcome", List.of("username"), Map.of("username", "Ada", "sign_in_link", LINK)),
                new Example(
                        "security_alert",
                        List.of(),
                        Map.of(
                                "username", "Ada",
                                "alert_type", "new login",
                                "ip_address", "203.0.113.7",
                                "device", "Firefox on Linux",
                                "location", "Lisbon, Portugal",
                                "occurred_at", "2026-01-02 03:04 UTC",
                                "details", "The first sign-in from this device",
                                "support_link", LINK)));
    }

    @Test
    void there_are_four() {
        assertThat(TEMPLATES.names())
                .containsExactly("email_verification", "password_reset", "security_alert", "welcome");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_variable_shows_in_the_text_and_in_the_html(Example example) {
        Message message = rendered(example.template, example.all);

        assertThat(example.all.values())
                .allSatisfy(value -> assertThat(message.text()).contains(value))
                .allSatisfy(value -> assertThat(message.html()).contains(value.replace("&", "&amp;")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_is_needed_is_asked_for_at_once(Example example) {
        if (example.needs.isEmpty()) {
            assertThat(rendered(example.template, Map.of()).text()).isNotBlank();
        } else {
            assertThatThrownBy(() -> rendered(example.template, Map.of()))
                    .isInstanceOfSatisfying(
                            MissingVariables.class,
                            e -> assertThat(e.names()).containsExactlyInAnyOrderElementsOf(example.needs));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void html_is_small_enough_to_be_stored_in_the_row(Example example) {
        String html = requireNonNull(rendered(example.template, example.all).html());

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(2048);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void html_is_read_aloud_well_and_may_be_dark(Example example) {
        String html = rendered(example.template, example.all).html();

        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("<html lang=\"en\">", "<title>", "<h1 ", "role=\"article\"", "prefers-color-scheme:dark")
                .doesNotContain("<table", "<img", "<script");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void no_line_is_lost_or_doubled_where_nothing_is_given(Example example) {
        Map<String, String> needed = example.all.entrySet().stream()
                .filter(variable -> example.needs.contains(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        for (Map<String, String> variables : List.of(needed, example.all)) {
            Message message = rendered(example.template, variables);
            assertThat(message.text())
                    .startsWith("Hello")
                    .doesNotContain("\n\n\n", " \n", " ,")
                    .endsWith("\n");
            assertThat(message.html()).doesNotContain("<dl>\n</dl>", "href=\"\"");
        }
    }

    @Test
    void a_username_can_not_bring_markup() {
        Message message = rendered("welcome", Map.of("username", "<script>alert(1)</script>"));

        assertThat(message.html()).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void an_alert_without_a_kind_is_just_an_alert() {
        assertThat(rendered("security_alert", Map.of()).subject()).isEqualTo("Security alert");
        assertThat(rendered("security_alert", Map.of("alert_type", "new_login")).subject())
                .isEqualTo("Security alert: new login");
    }

    private static Message rendered(String template, Map<String, String> variables) {
        return TEMPLATES.render(TEMPLATES.find(template).orElseThrow(), Channel.EMAIL, null, variables);
    }

    private static Templates shipped() {
        try {
            return TemplatesConfiguration.templates();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
