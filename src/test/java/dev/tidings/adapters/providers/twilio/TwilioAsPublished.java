package dev.tidings.adapters.providers.twilio;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Published;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run by {@code make conformance}. Not with media: Prism takes a list of one, as forms write it, for none. */
class TwilioAsPublished {

    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";

    private static Published twilio;

    @BeforeAll
    static void serve() {
        twilio = Published.serve(Published.contract("twilio_api_v2010.json"));
    }

    @AfterAll
    static void stop() {
        twilio.close();
    }

    @Test
    void twilios_contract_allows_what_we_send() {
        TwilioKind sms = new TwilioKind.Sms();
        TwilioKind whatsApp = new TwilioKind.WhatsApp();

        assertThat(List.of(
                        send(sms, ACCOUNT, Outgoing.text(Outgoing.NUMBER)),
                        send(whatsApp, ACCOUNT, Outgoing.text(Outgoing.NUMBER)),
                        send(whatsApp, ACCOUNT, Outgoing.fromTemplate(Outgoing.NUMBER, "shipped", Map.of("1", "x")))))
                .hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void it_refuses_what_is_malformed() {
        assertThat(send(new TwilioKind.Sms(), "nonsense", Outgoing.text(Outgoing.NUMBER)))
                .isInstanceOf(FailedForGood.class);
    }

    private static SendOutcome send(ProviderKind<?> kind, String account, OutgoingMessage message) {
        try (Configured configured = Configured.with(
                kind,
                "base-url",
                twilio.url(),
                "account-sid",
                account,
                "auth-token",
                "token",
                "from",
                "+15005550006",
                "templates.shipped",
                "HX0123456789abcdef0123456789abcdef",
                "timeout",
                "30s")) {
            return configured.provider().send(message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MessageSid=SM1&MessageStatus=sent",
                "MessageStatus=read&MessageSid=SM1&Empty=&From=whatsapp%3A%2B49151",
                "MessageSid=SM1&MessageStatus=sent&Body=%C3%A9%26%3D+%F0%9F%91%8D&_%20x=%25"
            })
    void what_twilios_library_signs_is_genuine(String form) {
        String url = Configured.PUBLIC_URL + "/callbacks/under-test?notification=" + Outgoing.ID + "&attempt=1";
        String signature = Published.run(
                "console.log(require('twilio').getExpectedTwilioSignature(...process.argv.slice(1, 3), JSON.parse(process.argv[3])))",
                "t0ken",
                url,
                Json.write(firsts(form)));

        try (Configured configured = Configured.with(
                new TwilioKind.Sms(), "account-sid", ACCOUNT, "auth-token", "t0ken", "from", "+15005550006")) {
            CallbackReader reader = configured.reader();
            assertThat(reader.read(post(url, Map.of("x-twilio-signature", signature), form)))
                    .isInstanceOf(Reading.Genuine.class);
            assertThat(reader.read(post(url, Map.of("x-twilio-signature", signature), form + "x")))
                    .isEqualTo(FORGED);
        }
    }

    private static Map<String, String> firsts(String form) {
        Map<String, String> fields = new TreeMap<>();
        Form.decoded(form).forEach((name, values) -> fields.put(name, values.getFirst()));
        return fields;
    }
}
