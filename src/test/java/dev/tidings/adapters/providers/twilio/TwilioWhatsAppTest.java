package dev.tidings.adapters.providers.twilio;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.MessageProviderContract;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.http.FakeVendor.Behaviour;
import dev.tidings.adapters.providers.http.FakeVendor.Heard;
import dev.tidings.application.delivery.OutgoingMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioWhatsAppTest extends MessageProviderContract {

    @Override
    protected ProviderKind<?> kind() {
        return new TwilioKind.WhatsApp();
    }

    @Override
    protected List<String> settings() {
        return List.of(
                "account-sid",
                "AC0123",
                "auth-token",
                "s3cret-token",
                "from",
                "+14155238886",
                "templates.order_shipped",
                "HX1");
    }

    @Override
    protected List<String> secrets() {
        return List.of("s3cret-token");
    }

    @Override
    protected OutgoingMessage message() {
        return Outgoing.fromTemplate(Outgoing.NUMBER, "order_shipped", Map.of("1", "Grace H.", "code", "4711"));
    }

    @Override
    protected Behaviour success() {
        return answers(201, "{\"sid\":\"SM2\",\"status\":\"accepted\"}");
    }

    @Override
    protected String acceptedId() {
        return "SM2";
    }

    @Override
    protected void isWhatTheVendorWants(Heard request) {
        assertThat(request.form())
                .containsEntry("To", "whatsapp:" + Outgoing.NUMBER)
                .containsEntry("From", "whatsapp:+14155238886")
                .containsEntry("ContentSid", "HX1")
                .doesNotContainKey("Body");
        assertThat(request.form().get("ContentVariables"))
                .isIn("{\"1\":\"Grace H.\",\"code\":\"4711\"}", "{\"code\":\"4711\",\"1\":\"Grace H.\"}");
    }

    @Test
    void a_template_that_twilio_has_not_goes_as_text() {
        vendor.will(success());

        send(Outgoing.fromTemplate(Outgoing.NUMBER, "other", Map.of("1", "x")));
        send(Outgoing.text(Outgoing.NUMBER), "from", "whatsapp:+14155238886");

        assertThat(vendor.heard())
                .allSatisfy(heard -> assertThat(heard.form())
                        .containsEntry("Body", Outgoing.TEXT)
                        .containsEntry("From", "whatsapp:+14155238886")
                        .doesNotContainKeys("ContentSid", "ContentVariables"));
    }
}
