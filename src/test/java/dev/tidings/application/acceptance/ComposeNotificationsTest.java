package dev.tidings.application.acceptance;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.acceptance.ComposeNotifications.Request;
import dev.tidings.application.acceptance.ComposeNotifications.Wishes;
import dev.tidings.application.acceptance.NotificationDraft.Registration;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.doubles.InMemoryTemplates;
import dev.tidings.application.doubles.Rosters;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeNotificationsTest {

    private static final SourceMessage SOURCE = new SourceMessage(CONTEXT.serviceId(), "m-1");
    private static final FieldError IN_THE_PAST = new FieldError("send_at", "must not lie in the past");
    private static final Registration REGISTRATION = new Registration(new UserId("ada"));

    private final ComposeNotifications compose = new ComposeNotifications(
            TidingsInMemory.CATEGORIES,
            Rosters.of(new ScriptedProvider(1), new ScriptedProvider(Channel.SMS, new ProviderName("scripted-sms"), 1)),
            new InMemoryTemplates(),
            new SettableClock());

    @Test
    void content_that_names_a_template_is_rendered_from_it() {
        NotificationDraft draft = compose.compose(
                request("password_reset", null, "password_reset", Map.of("reset_link", "https://example.org/r"), null));

        assertThat(draft.template()).isEqualTo(new TemplateRef("password_reset", "1"));
        assertThat(draft.message().subject()).isEqualTo("password_reset");
        assertThat(draft.message().text()).contains("https://example.org/r");
        assertThat(draft.message().html()).isNotNull();
    }

    @Test
    void only_a_mail_is_rendered_with_html() {
        NotificationDraft draft = compose.compose(request("welcome", null, "welcome", Map.of("username", "Ada"), null)
                .to(Channel.SMS, new PhoneNumber("+4930123456"), true, null));

        assertThat(draft.message().text()).contains("Ada");
        assertThat(draft.message().html()).isNull();
    }

    @Test
    void a_subject_replaces_that_of_the_template() {
        NotificationDraft draft =
                compose.compose(request("welcome", "Hi!", "welcome", Map.of("username", "Ada"), null));

        assertThat(draft.message().subject()).isEqualTo("Hi!");
    }

    @Test
    void blanks_around_the_name_of_a_template_do_not_make_it_a_text() {
        NotificationDraft draft =
                compose.compose(request("welcome", null, " welcome\n", Map.of("username", "Ada"), null));

        assertThat(draft.template()).isEqualTo(new TemplateRef("welcome", "1"));
    }

    @Test
    void any_other_content_is_sent_as_it_is() {
        NotificationDraft draft = compose.compose(request("welcome", "Hi!", "Hello <b>Ada</b>, ${x}", Map.of(), null));

        assertThat(draft.template()).isNull();
        assertThat(draft.message()).isEqualTo(new Message("Hi!", "Hello <b>Ada</b>, ${x}", null));
    }

    @Test
    void what_the_caller_gave_stays_with_it() {
        NotificationDraft draft = compose.compose(request("welcome", "Hi!", "Hello Ada", Map.of(), null));

        assertThat(draft.context()).isEqualTo(CONTEXT);
        assertThat(draft.source()).extracting(Source::message).isEqualTo(SOURCE);
        assertThat(draft.registration()).isEqualTo(REGISTRATION);
        assertThat(draft.userId()).isEqualTo(new UserId("ada"));
        assertThat(draft.recipient()).isEqualTo(new EmailAddress("ada@example.org"));
        assertThat(draft.recipientName()).isEqualTo("Ada");
        assertThat(draft.requestedAt()).isEqualTo(SettableClock.START);
    }

    @Test
    void it_takes_the_lane_of_its_category_unless_the_caller_names_another() {
        assertThat(compose.compose(request("welcome", "Hi!", "Hello Ada", Map.of(), null))
                        .lane())
                .isEqualTo(Lane.NORMAL);
        assertThat(compose.compose(request("welcome", "Hi!", "Hello Ada", Map.of(), Lane.INSTANT))
                        .lane())
                .isEqualTo(Lane.INSTANT);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(errorsOf(request("rumour", "Hi\r\nBcc: eve@example.org", "email_verification", Map.of(), null)))
                .containsExactly(
                        new FieldError(
                                "notification_type",
                                "is unknown; known are email_verification, marketing, password_reset, security_alert,"
                                        + " welcome"),
                        new FieldError("subject", "must not have line breaks or other control characters"),
                        new FieldError("template_vars.username", "is missing; template email_verification needs it"),
                        new FieldError(
                                "template_vars.verification_link", "is missing; template email_verification needs it"));
    }

    @Test
    void a_variable_that_cannot_be_rendered_is_told() {
        assertThat(errorsOf(request("welcome", null, "welcome", Map.of("username", List.of("Ada")), null)))
                .containsExactly(new FieldError("template_vars", "template welcome: username is a list"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pasword_reset",
                "welcome_mail",
                "password_reset_2",
                "welcom",
                "welcom ",
                "\nwelcom",
                "welcome-2",
                "a__b",
                "hi"
            })
    void a_mistyped_name_of_a_template_is_not_sent_as_a_text(String content) {
        assertThat(errorsOf(request("password_reset", "Hi!", content, Map.of(), null)))
                .containsExactly(new FieldError(
                        "content",
                        "names no template; there are email_verification, password_reset, security_alert, welcome"
                                + " (a text of one lower-case word can't be told from a template's name)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello", "hello!", "pasword_reset is not a name here", "Password_Reset", "_x_", "4711", "é"})
    void a_text_that_looks_like_no_name_is_a_text(String content) {
        assertThat(compose.compose(request("welcome", "Hi!", content, Map.of(), null))
                        .message()
                        .text())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void a_text_needs_a_subject(String subject) {
        FieldError missing = new FieldError("subject", "is missing; only a template brings its own");

        assertThat(errorsOf(request("welcome", subject, "Hello Ada", Map.of(), null)))
                .containsExactly(missing);
        assertThat(errorsOf(request("welcome", null, "Hello Ada", Map.of(), null)))
                .containsExactly(missing);
    }

    @Test
    void a_subject_has_998_characters_at_most() {
        assertThat(compose.compose(request("welcome", "a".repeat(998), "Hello Ada", Map.of(), null))
                        .message()
                        .subject())
                .hasSize(998);
        assertThat(errorsOf(request("welcome", "a".repeat(999), "Hello Ada", Map.of(), null)))
                .containsExactly(new FieldError("subject", "must have at most 998 characters"));
    }

    @Test
    void a_subject_in_any_script_is_taken() {
        assertThat(compose.compose(request("welcome", "Καλώς ήρθες 😀", "Hello Ada", Map.of(), null))
                        .message()
                        .subject())
                .isEqualTo("Καλώς ήρθες 😀");
    }

    @Test
    void what_may_repeat_an_earlier_request_is_not_refused_for_its_time() {
        NotificationDraft draft = compose.compose(at(SettableClock.START.minusSeconds(3_600), SOURCE));

        assertThat(draft.tooLate()).isNotNull().extracting(InvalidInput::errors).isEqualTo(List.of(IN_THE_PAST));
        assertThat(compose.compose(at(SettableClock.START.plusSeconds(3_600), SOURCE))
                        .tooLate())
                .isNull();
        assertThat(errorsOf(at(SettableClock.START.minusSeconds(3_600), null))).containsExactly(IN_THE_PAST);
    }

    @Test
    void whatever_else_is_wrong_is_told_together_with_its_time() {
        Timing past = new Timing(SettableClock.START.minusSeconds(3_600), null, null, null);

        assertThat(errorsOf(request(SOURCE, "welcome", "Hi!", "no_such_template", Map.of(), null, past)))
                .extracting(FieldError::field)
                .containsExactly("content", "send_at");
    }

    private static Request at(Instant sendAt, @Nullable SourceMessage source) {
        return request(source, "welcome", "Hi!", "Hello Ada", Map.of(), null, new Timing(sendAt, null, null, null));
    }

    private List<FieldError> errorsOf(Request request) {
        return assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> compose.compose(request))
                .actual()
                .errors();
    }

    private static Request request(
            String type, @Nullable String subject, String content, Map<String, ?> variables, @Nullable Lane lane) {
        return request(SOURCE, type, subject, content, variables, lane, Timing.AT_ONCE);
    }

    private static Request request(
            @Nullable SourceMessage source,
            String type,
            @Nullable String subject,
            String content,
            Map<String, ?> variables,
            @Nullable Lane lane,
            Timing timing) {
        return new Request(
                CONTEXT,
                source,
                REGISTRATION,
                new UserId("ada"),
                Channel.EMAIL,
                new EmailAddress("ada@example.org"),
                null,
                "Ada",
                new NotificationType(type),
                subject,
                content,
                variables,
                lane,
                timing,
                false,
                Wishes.NONE);
    }
}
