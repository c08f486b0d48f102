package dev.tidings.adapters.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.acceptance.Templates.MissingVariables;
import dev.tidings.application.acceptance.Templates.UnusableVariables;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeMarkerTemplatesTest {

    @Test
    void a_message_has_a_subject_a_text_and_html() {
        Message message = rendered(
                "Order ${order.number}", "Dear ${name}", "<p>${name}", "order", Map.of("number", 7), "name", "Ada");

        assertThat(message).isEqualTo(new Message("Order 7", "Dear Ada", "<p>Ada"));
    }

    @ParameterizedTest
    @EnumSource(names = "EMAIL", mode = EnumSource.Mode.EXCLUDE)
    void only_a_mail_has_html_and_needs_what_stands_in_it(Channel channel) {
        Message message = templates("s", "Dear ${name}", "<a href=\"${link}\">")
                .render(ref("s", "Dear ${name}", "<a href=\"${link}\">"), channel, null, Map.of("name", "Ada"));

        assertThat(message).isEqualTo(new Message("s", "Dear Ada", null));
    }

    @Test
    void html_is_escaped_and_text_is_not() {
        Message message = rendered("${name}", "${name}", "<p>${name}", "name", "<b>\"A\" & B</b>");

        assertThat(message.subject()).isEqualTo("<b>\"A\" & B</b>");
        assertThat(message.text()).isEqualTo("<b>\"A\" & B</b>");
        assertThat(message.html()).isEqualTo("<p>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;");
    }

    @Test
    void the_layout_is_escaped_too() {
        Message message = rendered(
                "s",
                "t",
                "<#import \"/layout.ftlh\" as mail><@mail.page title=\"${name}\">x</@mail.page>",
                "name",
                "<i>");

        assertThat(message.html()).isEqualToIgnoringNewLines("<h1>&lt;i&gt;</h1>x");
    }

    @Test
    void all_missing_variables_are_named_at_once() {
        assertThatThrownBy(() -> rendered(
                        "${order.number}",
                        "${order.total} ${customer.name} <#list items as item>${item}</#list>",
                        "${order.total} ${footer}",
                        "order",
                        Map.of()))
                .isInstanceOfSatisfying(
                        MissingVariables.class,
                        e -> assertThat(e.names())
                                .containsExactly("order.number", "order.total", "customer", "items", "footer"));
    }

    @Test
    void what_has_a_default_or_is_asked_for_is_not_missing() {
        Message message = rendered("s${a!}", "<#if b??>b</#if><#if c?has_content>c</#if>${(d.e)!'-'}", "h");

        assertThat(message).isEqualTo(new Message("s", "-", "h"));
    }

    @Test
    void null_is_missing_and_an_empty_text_is_a_text() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("name", null);
        variables.put("empty", "");

        assertThatThrownBy(() -> templates("s", "${name}${empty}", "h")
                        .render(ref("s", "${name}${empty}", "h"), Channel.EMAIL, null, variables))
                .isInstanceOfSatisfying(
                        MissingVariables.class, e -> assertThat(e.names()).containsExactly("name"));
    }

    @Test
    void a_list_where_a_text_is_needed_can_not_be_used() {
        assertThatThrownBy(() -> rendered("s", "${name}", "h", "name", List.of("Ada")))
                .isInstanceOf(UnusableVariables.class)
                .hasMessageStartingWith("template note: name is of the wrong kind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                " javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "/path",
                "https:",
                "https://",
                "https:///path",
                "https://a b",
                "https://a/b\nc",
                "https://a/\u0000",
                "https://a/\u2028"
            })
    void a_link_that_does_not_lead_to_the_web_can_not_be_used(String link) {
        assertThatThrownBy(() -> rendered("s", "t", "<a href=\"${reset_link}\">", "reset_link", link))
                .isInstanceOf(UnusableVariables.class)
                .hasMessage("template note: reset_link must be an http or https address");
        assertThatThrownBy(() -> rendered("s", "${order.page_url}", "h", "order", Map.of("page_url", link)))
                .isInstanceOf(UnusableVariables.class)
                .hasMessage("template note: order.page_url must be an http or https address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000/?token=a%2Fb",
                "https://app.example",
                "HTTPS://app.example#x",
                "https://münchen.example/ü?a=b&c"
            })
    void a_link_to_the_web_can_be_used(String link) {
        assertThat(rendered("s", "${reset_link}", "h", "reset_link", link).text())
                .isEqualTo(link);
    }

    @Test
    void a_blank_link_is_not_given() {
        assertThat(rendered("s", "<#if reset_link?has_content>x</#if>-", "h", "reset_link", " ")
                        .text())
                .isEqualTo("-");
        assertThatThrownBy(() -> rendered("s", "${reset_link}", "h", "reset_link", ""))
                .isInstanceOf(MissingVariables.class);
    }

    @Test
    void a_quote_in_a_link_stays_inside_its_attribute() {
        assertThat(rendered("s", "t", "<a href=\"${x_link}\">", "x_link", "https://a.example/\"onclick=\"x")
                        .html())
                .isEqualTo("<a href=\"https://a.example/&quot;onclick=&quot;x\">");
    }

    @Test
    void a_subject_is_one_line_whatever_the_variables() {
        Message message = rendered("Hello ${name}", "t", "h", "name", "Ada\r\nBcc: eve@example.org\u0000\u0085\u2028!");

        assertThat(message.subject()).isEqualTo("Hello Ada Bcc: eve@example.org !");
    }

    @Test
    void a_given_subject_replaces_the_templates_own() {
        String unusedSubject = "${nobody_gave_this}";

        Message message = templates(unusedSubject, "t", "h")
                .render(ref(unusedSubject, "t", "h"), Channel.EMAIL, "Mine\n ", Map.of());

        assertThat(message.subject()).isEqualTo("Mine");
    }

    @Test
    void a_subject_that_no_line_can_hold_is_refused() {
        assertThatThrownBy(() -> rendered("${name}", "t", "h", "name", "x".repeat(999)))
                .isInstanceOf(UnusableVariables.class)
                .hasMessageContaining("998");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${'java.lang.Object'?new()}",
                "${name?api.getClass()}",
                "${name.class}",
                "${name.getClass()}",
                "${map?api.getClass()}",
                "${map.getClass()}",
                "${.data_model?api}",
                "<#include 'file:///etc/passwd'>",
                "<#include '/application.yaml'>",
                "<#import '../application.yaml' as x>${x}"
            })
    void a_template_reaches_nothing_but_its_variables(String text) {
        assertThatThrownBy(() -> rendered("s", text, "h", "name", "Ada", "map", Map.of("a", "b")))
                .isInstanceOfAny(UnusableVariables.class, MissingVariables.class);
    }

    @Test
    void java_objects_are_refused() {
        assertThatThrownBy(() -> rendered("s", "${thing}", "h", "thing", new Object()))
                .isInstanceOf(UnusableVariables.class)
                .hasMessageContaining("thing must be a text");
    }

    @Test
    void numbers_are_written_the_same_everywhere() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(rendered("s", "${a} ${b} ${c?string}", "h", "a", 1234567.5, "b", 10_000_000L, "c", true)
                            .text())
                    .isEqualTo("1234567.5 10000000 true");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_template_that_goes_on_and_on_is_ended() {
        assertThatThrownBy(() -> rendered("s", "<#list 1.. as i>${i}</#list>", "h"))
                .isInstanceOf(UnusableVariables.class)
                .hasMessageContaining("longer than 200000 characters");
    }

    @Test
    void a_version_changes_with_each_of_its_texts_and_with_the_layout() {
        String version = ref("s", "t", "h").version();

        assertThat(version).matches("[0-9a-f]{12}").isEqualTo(ref("s", "t", "h").version());
        assertThat(List.of(ref("S", "t", "h"), ref("s", "T", "h"), ref("s", "t", "H"), ref("st", "", "h")))
                .extracting(TemplateRef::version)
                .doesNotContain(version)
                .doesNotHaveDuplicates();
        assertThat(new TemplateSource("note", "s", "t", "h").version("other layout"))
                .isNotEqualTo(version);
    }

    @Test
    void another_version_than_the_pinned_one_is_not_rendered() {
        assertThatThrownBy(() -> templates("s", "t", "h")
                        .render(new TemplateRef("note", "0123456789ab"), Channel.EMAIL, null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version 0123456789ab of template note isn't here, only "
                        + ref("s", "t", "h").version());
        assertThat(templates("s", "t", "h").find("another")).isEmpty();
    }

    private static final String LAYOUT = "<#macro page title><h1>${title}</h1><#nested></#macro>";

    private static Message rendered(String subject, String text, String html, Object... namesAndValues) {
        Map<String, Object> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return templates(subject, text, html).render(ref(subject, text, html), Channel.EMAIL, null, variables);
    }

    private static Templates templates(String subject, String text, String html) {
        return new FreeMarkerTemplates(List.of(new TemplateSource("note", subject, text, html)), LAYOUT);
    }

    private static TemplateRef ref(String subject, String text, String html) {
        return Objects.requireNonNull(
                templates(subject, text, html).find("note").orElse(null));
    }
}
