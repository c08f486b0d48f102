package dev.tidings.adapters.providers.fcm;

import static dev.tidings.adapters.providers.http.FakeVendor.answers;

import dev.tidings.adapters.providers.http.FakeVendor;
import dev.tidings.adapters.providers.http.Json;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** What gives out tokens, and a service account that it knows. */
final class Google implements AutoCloseable {

    static final String TOKEN = "ya29.s3cret-token";

    static final KeyPair KEYS = keys();
    final FakeVendor tokens = new FakeVendor();

    Google() {
        gives(TOKEN, 3_599);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Google gives(String token, int seconds) {
        tokens.will(
                answers(200, Json.write(Map.of("access_token", token, "expires_in", seconds, "token_type", "Bearer"))));
        return this;
    }

    String credentials() {
        return Json.write(Map.of(
                "type",
                "service_account",
                "project_id",
                "tidings-test",
                "client_email",
                "push@tidings-test.iam.gserviceaccount.com",
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(KEYS.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n",
                "token_uri",
                tokens.url() + "/token"));
    }

    @Override
    public void close() {
        tokens.close();
    }
}
