package dev.tidings.adapters.providers.sendgrid;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendGridEmailTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new SendGridEmail();
    }

    @Override
    protected List<String> settings() {
        return List.of("api-key", "SG.s3cret", "from-address", "no-reply@tidings.example", "from-name", "Tidings");
    }

    @Override
    protected List<String> secrets() {
        return List.of("SG.s3cret");
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.html(Outgoing.EMAIL);
    }

    @Override
    protected Behaviour success() {
        return answers(202, "", "X-Message-Id: 14c5d75ce93");
    }

    @Override
    protected String acceptedId() {
        return "14c5d75ce93";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v3/mail/send");
        assertThat(request.header("authorization")).isEqualTo("Bearer SG.s3cret");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(Json.read(request.body())).isEqualTo(Json.read("""
                        {"personalizations":[{"to":[{"email":"ada.lovelace@example.org","name":"Ada Lovelace"}],
                           "custom_args":{"notification_id":"0198c0de-0000-7000-8000-000000000001","attempt":"2"}}],
                         "from":{"email":"no-reply@tidings.example","name":"Tidings"},
                         "subject":"Parcel",
                         "content":[{"type":"text/plain","value":"Your parcel & more arrives at 5 p.m. – açaí"},
                                    {"type":"text/html","value":"<p>Your parcel</p>"}],
                         "headers":{"Message-ID":"<0198c0de-0000-7000-8000-000000000001@tidings.example>",
                                    "Auto-Submitted":"auto-generated"}}"""));
    }

    @Test
    void the_mail_is_taken_even_if_its_id_is_missing() {
        vendor.will(answers(202, ""));

        assertThat(send(message())).isEqualTo(new Accepted(null));
    }

    @Test
    void the_first_error_is_quoted() {
        vendor.will(
                answers(
                        400,
                        "{\"errors\":[{\"message\":\"Bad address ada.lovelace@example.org.\",\"field\":\"from\",\"help\":null}]}"));

        assertThat(send(message())).isEqualTo(new FailedForGood(new Failure("400", "Bad address <…>.")));
    }

    @Test
    void what_is_too_large_stays_too_large() {
        vendor.will(answers(413, ""));

        assertThat(send(message())).isInstanceOf(FailedForGood.class);
    }

    @Test
    void the_end_of_a_limit_may_come_as_a_second_of_the_epoch() {
        vendor.will(answers(
                429, "", "X-RateLimit-Reset: " + Configured.NOW.plusSeconds(42).getEpochSecond()));

        assertThat(send(message()))
                .isInstanceOfSatisfying(
                        ProviderDown.class,
                        down -> assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(42)));
    }

    @Test
    void media_is_not_dropped_in_silence() {
        assertThat(send(Outgoing.media(Outgoing.EMAIL, "https://example.org/a.pdf")))
                .isInstanceOf(Unsuitable.class);
        assertThat(vendor.heard()).isEmpty();
    }

    @Test
    void keys_and_senders_that_are_none_are_errors_at_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(vendor.url(), "webhook-public-key", "bm8ga2V5"))
                .withMessageStartingWith("tidings.providers.under-test.webhook-public-key must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(vendor.url(), "from-address", "nobody"))
                .withMessageStartingWith("tidings.providers.under-test.from-address must be an email address");
    }
}
