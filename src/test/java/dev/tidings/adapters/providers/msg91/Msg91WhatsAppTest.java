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
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Msg91WhatsAppTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new Msg91WhatsApp();
    }

    @Override
    protected List<String> settings() {
        return List.of(
                "auth-key",
                "s3cret-key",
                "integrated-number",
                "+918000000000",
                "namespace",
                "ns-1",
                "templates.order_shipped",
                "shipped_v2");
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
        return answers(200, "{\"status\":\"success\",\"hasError\":false,\"data\":{\"message_uuid\":\"u-1\"}}");
    }

    @Override
    protected String acceptedId() {
        return "u-1";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.target()).isEqualTo("/api/v5/whatsapp/whatsapp-outbound-message/");
        assertThat(request.header("authkey")).isEqualTo("s3cret-key");
        assertThat(Json.read(request.body())).isEqualTo(Json.read("""
                        {"integrated_number":"918000000000","recipient_number":"919812345678","content_type":"text",
                         "text":"Your parcel & more arrives at 5 p.m. – açaí"}"""));
    }

    @Test
    void a_template_goes_with_its_variables_in_their_order() {
        vendor.will(success());
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("name", "Grace");
        variables.put("code", "4711");

        send(Outgoing.fromTemplate(Outgoing.NUMBER, "order_shipped", variables));

        assertThat(vendor.heard().getFirst().target()).isEqualTo("/api/v5/whatsapp/whatsapp-outbound-message/bulk/");
        assertThat(Json.read(vendor.heard().getFirst().body())).isEqualTo(Json.read("""
                        {"integrated_number":"918000000000","content_type":"template",
                         "payload":{"messaging_product":"whatsapp","type":"template",
                          "template":{"name":"shipped_v2","language":{"code":"en","policy":"deterministic"},
                           "namespace":"ns-1",
                           "to_and_components":[{"to":["919812345678"],"components":{
                             "body_1":{"type":"text","value":"Grace"},"body_2":{"type":"text","value":"4711"}}}]}}}"""));
    }

    @Test
    void an_error_may_come_as_a_success() {
        vendor.will(answers(200, "{\"status\":\"success\",\"hasError\":true,\"message\":\"no\"}"));
        assertThat(send(message())).isInstanceOf(FailedForGood.class);

        vendor.will(answers(200, "{\"status\":\"fail\",\"hasError\":true}"));
        assertThat(send(message())).isInstanceOf(FailedForGood.class);
    }
}
