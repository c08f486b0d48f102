package dev.tidings.adapters.providers.msg91;

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
import dev.tidings.domain.notification.SendOutcome.Unsuitable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Msg91SmsTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new Msg91Sms();
    }

    @Override
    protected List<String> settings() {
        return List.of("auth-key", "s3cret-key", "flow", "flow-1", "templates.order_shipped", "flow-2");
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
        return answers(200, "{\"type\":\"success\",\"message\":\"3763646c3058373530393938\"}");
    }

    @Override
    protected String acceptedId() {
        return "3763646c3058373530393938";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/v5/flow");
        assertThat(request.header("authkey")).isEqualTo("s3cret-key");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(Json.read(request.body())).isEqualTo(Json.read("""
                        {"template_id":"flow-1","short_url":"0",
                         "recipients":[{"mobiles":"919812345678","text":"Your parcel & more arrives at 5 p.m. – açaí"}]}"""));
    }

    @Test
    void a_template_with_a_flow_of_its_own_gives_that_its_variables() {
        vendor.will(success());

        send(Outgoing.fromTemplate(Outgoing.NUMBER, "order_shipped", Map.of("VAR1", "4711")));

        assertThat(Json.read(vendor.heard().getFirst().body())).isEqualTo(Json.read("""
                        {"template_id":"flow-2","short_url":"0","recipients":[{"mobiles":"919812345678","VAR1":"4711"}]}"""));
    }

    @Test
    void no_variable_can_take_the_place_of_the_number() {
        vendor.will(success());

        send(Outgoing.fromTemplate(Outgoing.NUMBER, "order_shipped", Map.of("mobiles", "491700000000")));

        assertThat(Json.read(vendor.heard().getFirst().body())
                        .at("/recipients/0/mobiles")
                        .asString())
                .isEqualTo("919812345678");
    }

    @Test
    void without_a_flow_the_text_goes_by_the_older_api() {
        vendor.will(success());

        send(message(), "flow", "", "sender", "TIDING");

        assertThat(vendor.heard().getFirst().target()).isEqualTo("/api/v2/sendsms");
        assertThat(Json.read(vendor.heard().getFirst().body())).isEqualTo(Json.read("""
                        {"sender":"TIDING","route":"4","country":"0",
                         "sms":[{"message":"Your parcel & more arrives at 5 p.m. – açaí","to":["919812345678"]}]}"""));
    }

    @Test
    void what_has_neither_a_flow_nor_a_sender_nor_a_place_for_media_is_for_another() {
        assertThat(send(message(), "flow", "")).isInstanceOf(Unsuitable.class);
        assertThat(send(Outgoing.media(Outgoing.NUMBER, "https://example.org/a.png")))
                .isInstanceOf(Unsuitable.class);
        assertThat(vendor.heard()).isEmpty();
    }

    @Test
    void an_error_may_come_as_a_success() {
        vendor.will(answers(200, "{\"type\":\"error\",\"message\":\"template id missing\"}"));

        assertThat(send(message())).isEqualTo(new FailedForGood(new Failure("200", "template id missing")));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 207, 301, 418})
    void an_error_of_our_account_concerns_all(int code) {
        vendor.will(answers(200, "{\"type\":\"error\",\"message\":\"no\",\"code\":\"" + code + "\"}"));

        assertThat(send(message())).isInstanceOf(ProviderDown.class);
    }

    @Test
    void an_error_inside_msg91_may_pass() {
        vendor.will(answers(200, "{\"type\":\"error\",\"message\":\"no\",\"code\":\"506\"}"));

        assertThat(send(message())).isInstanceOf(FailedForNow.class);
    }

    @Test
    void an_address_of_ours_that_is_not_on_its_list_concerns_all() {
        vendor.will(answers(418, "{\"type\":\"error\",\"message\":\"IP not whitelisted\"}"));

        assertThat(send(message())).isInstanceOf(ProviderDown.class);
    }
}
