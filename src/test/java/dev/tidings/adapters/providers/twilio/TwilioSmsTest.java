package dev.tidings.adapters.providers.twilio;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSmsTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new TwilioKind.Sms();
    }

    @Override
    protected List<String> settings() {
        return List.of("account-sid", "AC0123", "auth-token", "s3cret-token", "from", "+15005550006");
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cret-token");
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.text(Outgoing.NUMBER);
    }

    @Override
    protected Behaviour success() {
        return answers(201, "{\"sid\":\"SM1\",\"status\":\"queued\",\"error_code\":null}");
    }

    @Override
    protected String acceptedId() {
        return "SM1";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/2010-04-01/Accounts/AC0123/Messages.json");
        assertThat(request.header("authorization")).isEqualTo("Basic QUMwMTIzOnMzY3JldC10b2tlbg==");
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "To",
                        Outgoing.NUMBER.value(),
                        "From",
                        "+15005550006",
                        "Body",
                        Outgoing.TEXT,
                        "StatusCallback",
                        Configured.PUBLIC_URL + "/callbacks/under-test?notification=" + Outgoing.ID + "&attempt=2"));
    }

    @Test
    void a_messaging_service_takes_the_place_of_the_sender() {
        vendor.will(success());

        send(message(), "messaging-service-sid", "MG1");

        assertThat(vendor.heard().getFirst().form())
                .containsEntry("MessagingServiceSid", "MG1")
                .doesNotContainKey("From");
    }

    @Test
    void media_goes_along_by_its_address() {
        vendor.will(success());

        send(Outgoing.media(Outgoing.NUMBER, "https://example.org/a.png?b=c&d"));

        assertThat(vendor.heard().getFirst().form())
                .containsEntry("MediaUrl", "https://example.org/a.png?b=c&d")
                .containsEntry("Body", Outgoing.TEXT);
    }

    @Test
    void without_a_public_url_nothing_is_called_back() {
        vendor.will(success());

        send(message(), "tidings.public-url", "");

        assertThat(vendor.heard().getFirst().form()).doesNotContainKey("StatusCallback");
    }

    @ParameterizedTest
    @CsvSource({"21211, BOUNCED", "21614, BOUNCED", "21610, OPTED_OUT"})
    void a_number_that_is_no_use_any_more_is_gone(int code, SuppressionReason reason) {
        assertThat(refused(400, code))
                .isEqualTo(new RecipientGone(new Failure("400 " + code, "The 'To' number <…> is so"), reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {21408, 21606, 21608, 21612})
    void what_only_this_sender_can_not_do_another_provider_may(int code) {
        assertThat(refused(400, code)).isInstanceOf(Unsuitable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {30004, 30005, 30006, 30007, 63016, 21617, 99999})
    void what_will_never_work_is_not_tried_again(int code) {
        assertThat(refused(400, code)).isInstanceOf(FailedForGood.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {30001, 30003, 30008})
    void what_may_pass_is_tried_again(int code) {
        assertThat(refused(400, code)).isInstanceOf(FailedForNow.class);
    }

    @Test
    void our_account_and_its_limit_concern_all() {
        assertThat(refused(401, 20003)).isInstanceOf(ProviderDown.class);
        assertThat(refused(429, 20429)).isInstanceOf(ProviderDown.class);
        assertThat(refused(404, 20404)).isInstanceOf(ProviderDown.class);
    }

    @Test
    void a_wish_for_the_last_second_of_time_is_bounded() {
        vendor.will(answers(429, "", "Retry-After: 999999999"));

        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofDays(1)));
    }

    @Test
    void an_id_without_its_token_is_an_error_that_names_the_variable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.with(kind(), "account-sid", "AC1", "auth-token", "${TWILIO_AUTH_TOKEN:}"))
                .withMessage("tidings.providers.under-test.auth-token (TWILIO_AUTH_TOKEN) is missing,"
                        + " and account-sid is set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.with(kind(), "from", "+15005550006"))
                .withMessage("tidings.providers.under-test.account-sid"
                        + " (TIDINGS_PROVIDERS_UNDERTEST_ACCOUNTSID) is missing, and from is set");
    }

    private SendOutcome refused(int status, int code) {
        vendor.will(answers(
                status,
                "{\"code\":" + code
                        + ",\"message\":\"The 'To' number +919812345678 is so\",\"more_info\":\"x\",\"status\":"
                        + status + "}"));
        return send(message());
    }
}
