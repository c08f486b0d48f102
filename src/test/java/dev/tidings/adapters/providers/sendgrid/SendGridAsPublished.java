package dev.tidings.adapters.providers.sendgrid;

import static dev.tidings.adapters.providers.Callbacks.FORGED;
import static dev.tidings.adapters.providers.Callbacks.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Configured;
import dev.tidings.adapters.providers.Outgoing;
import dev.tidings.adapters.providers.Published;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.notification.SendOutcome.Accepted;
import dev.tidings.domain.notification.SendOutcome.FailedForGood;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Run by {@code make conformance}. */
class SendGridAsPublished {

    private static Published sendGrid;

    @BeforeAll
    static void serve(@TempDir Path directory) throws IOException {
        Path contract = directory.resolve("sendgrid.json");
        Files.writeString(contract, withVersionInThePath(Published.contract("sendgrid_oai.json")));
        sendGrid = Published.serve(contract);
    }

    /** The contract has the version in its base path, which Prism takes for a part of the address. */
    private static String withVersionInThePath(Path contract) throws IOException {
        ObjectNode api = (ObjectNode) Json.read(Files.readString(contract));
        ObjectNode paths = (ObjectNode) api.path("paths");
        paths.set("/v3/mail/send", paths.path("/mail/send"));
        paths.retain("/v3/mail/send");
        api.remove("basePath");
        return api.toString();
    }

    @AfterAll
    static void stop() {
        sendGrid.close();
    }

    @Test
    void sendgrids_contract_allows_what_we_send() {
        assertThat(send(Outgoing.text(Outgoing.EMAIL))).isInstanceOf(Accepted.class);
        assertThat(send(Outgoing.html(Outgoing.EMAIL))).isInstanceOf(Accepted.class);
    }

    @Test
    void it_refuses_what_is_malformed() {
        assertThat(send(Outgoing.withoutSubject(Outgoing.EMAIL))).isInstanceOf(FailedForGood.class);
    }

    private static SendOutcome send(OutgoingMessage message) {
        try (Configured configured = Configured.with(
                new SendGridEmail(),
                "base-url",
                sendGrid.url(),
                "api-key",
                "SG.key",
                "from-address",
                "no-reply@tidings.example",
                "from-name",
                "Tidings",
                "timeout",
                "30s")) {
            return configured.provider().send(message);
        }
    }

    @Test
    void sendgrids_library_and_ours_believe_the_same() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        String timestamp = Long.toString(Configured.NOW.getEpochSecond());
        String body = "[{\"event\":\"delivered\",\"reason\":\"é\"}]\r\n";
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(keys.getPrivate());
        signing.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
        String signature = Base64.getEncoder().encodeToString(signing.sign());

        try (Configured configured = Configured.with(
                new SendGridEmail(),
                "api-key",
                "k",
                "from-address",
                "no-reply@tidings.example",
                "webhook-public-key",
                key)) {
            CallbackReader reader = configured.reader();
            assertThat(theirs(key, body, signature, timestamp)).isEqualTo("true");
            assertThat(ours(reader, body, signature, timestamp)).isInstanceOf(Reading.Genuine.class);
            assertThat(theirs(key, body + " ", signature, timestamp)).isEqualTo("false");
            assertThat(ours(reader, body + " ", signature, timestamp)).isEqualTo(FORGED);
        }
    }

    private static String theirs(String key, String body, String signature, String timestamp) {
        return Published.run(
                "const {EventWebhook} = require('@sendgrid/eventwebhook'); const w = new EventWebhook();"
                        + "const [key, body, signature, timestamp] = process.argv.slice(1);"
                        + "console.log(w.verifySignature(w.convertPublicKeyToECDSA(key), body, signature, timestamp))",
                key,
                body,
                signature,
                timestamp);
    }

    private static Reading ours(CallbackReader reader, String body, String signature, String timestamp) {
        return reader.read(post(
                Configured.PUBLIC_URL + "/callbacks/under-test",
                Map.of(
                        "x-twilio-email-event-webhook-signature",
                        signature,
                        "x-twilio-email-event-webhook-timestamp",
                        timestamp),
                body));
    }
}
