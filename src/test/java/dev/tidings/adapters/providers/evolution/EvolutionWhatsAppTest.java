package dev.tidings.adapters.providers.evolution;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import dev.tidings.domain.notification.SendOutcome.FailedForNow;
import dev.tidings.domain.notification.SendOutcome.ProviderDown;
import dev.tidings.domain.notification.SendOutcome.RecipientGone;
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvolutionWhatsAppTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new EvolutionWhatsApp();
    }

    @Override
    protected List<String> settings() {
        return List.of("api-key", "s3cret-key", "instance", "shop");
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cret-key");
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.text(Outgoing.NUMBER);
    }

    @Override
    protected Behaviour success() {
        return answers(
                201,
                "{\"key\":{\"remoteJid\":\"919812345678@s.whatsapp.net\",\"fromMe\":true,\"id\":\"BAE5\"},\"status\":\"PENDING\"}");
    }

    @Override
    protected String acceptedId() {
        return "BAE5";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/message/sendText/shop");
        assertThat(request.header("apikey")).isEqualTo("s3cret-key");
        assertThat(Json.read(request.body()))
                .isEqualTo(Json.read(
                        "{\"number\":\"919812345678\",\"text\":\"Your parcel & more arrives at 5 p.m. – açaí\"}"));
    }

    @Test
    void a_message_may_name_its_instance_which_stays_within_the_path() {
        vendor.will(success());

        send(Outgoing.option(Outgoing.NUMBER, "instance", "../sales team?x"), "instance", "");

        assertThat(vendor.heard().getFirst().target()).isEqualTo("/message/sendText/..%2Fsales%20team%3Fx");
    }

    @Test
    void without_an_instance_it_is_for_another() {
        assertThat(send(message(), "instance", "")).isInstanceOf(Unsuitable.class);
        assertThat(vendor.heard()).isEmpty();
    }

    @Test
    void media_is_fetched_from_its_address() {
        vendor.will(success());

        send(Outgoing.media(Outgoing.NUMBER, "https://example.org/files/Bill.PDF?v=1"));

        assertThat(vendor.heard().getFirst().target()).isEqualTo("/message/sendMedia/shop");
        assertThat(Json.read(vendor.heard().getFirst().body())).isEqualTo(Json.read("""
                        {"number":"919812345678","mediatype":"document","mimetype":"application/pdf",
                         "caption":"Your parcel & more arrives at 5 p.m. – açaí",
                         "media":"https://example.org/files/Bill.PDF?v=1","fileName":"Bill.PDF"}"""));
    }

    @Test
    void media_of_no_known_kind_is_for_another() {
        assertThat(send(Outgoing.media(Outgoing.NUMBER, "https://example.org/files/1")))
                .isInstanceOf(Unsuitable.class);
    }

    @Test
    void a_number_that_is_not_on_whatsapp_is_gone() {
        vendor.will(
                answers(
                        400,
                        "{\"status\":400,\"error\":\"Bad Request\",\"response\":{\"message\":[{\"jid\":\"919812345678@s.whatsapp.net\",\"exists\":false,\"number\":\"919812345678\"}]}}"));

        assertThat(send(message()))
                .isEqualTo(new RecipientGone(
                        new Failure("400", "the number is not on WhatsApp"), SuppressionReason.BOUNCED));
    }

    @Test
    void a_failure_inside_may_pass_though_it_calls_itself_our_fault() {
        vendor.will(answers(400, "{\"response\":{\"message\":[\"Error: Connection Closed\"]}}"));

        assertThat(send(message()))
                .isEqualTo(new FailedForNow(new Failure("400", "Error: Connection Closed"), Duration.ZERO));
    }

    @Test
    void an_instance_that_is_not_there_is_the_fault_of_who_named_it() {
        vendor.will(answers(404, "{\"response\":{\"message\":[\"The \\\"shop\\\" instance does not exist\"]}}"));

        assertThat(send(message())).isInstanceOf(ProviderDown.class);
        assertThat(send(Outgoing.option(Outgoing.NUMBER, "instance", "other"))).isInstanceOf(FailedForGood.class);
    }
}
