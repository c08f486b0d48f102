package dev.tidings.adapters.providers.fcm;

import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who we are to Google, as its console gives it out. */
record ServiceAccount(String projectId, String email, URI tokenUri, PrivateKey key) {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String USUAL_TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /**
     * @param credentials its JSON, or the path of a file with it
     * @throws IllegalArgumentException with words for whoever configured it
     */
    static ServiceAccount from(String credentials) {
        String text = credentials.strip();
        JsonNode json = Json.read(text.startsWith("{") ? text : contentOf(text));
        String tokenUri = Json.text(json, "token_uri");
        return new ServiceAccount(
                required(json, "project_id"),
                required(json, "client_email"),
                tokenUri(tokenUri.isEmpty() ? USUAL_TOKEN_URI : tokenUri),
                key(required(json, "private_key")));
    }

    private static String contentOf(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "credentials must be a service account's JSON, or the path of a readable file with it", e);
        }
    }

    private static String required(JsonNode json, String field) {
        String value = Json.text(json, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "credentials must be a service account's JSON as Google gives it out; it has no " + field);
        }
        return value;
    }

    private static URI tokenUri(String text) {
        try {
            return BaseUrl.of(text).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("credentials must have a token_uri that is an https address", e);
        }
    }

    private static PrivateKey key(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("credentials must have an RSA key in PKCS#8 as private_key", e);
        }
    }

    /** What Google changes into a token (RFC 7523); good for an hour. */
    String assertion(Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", email);
        claims.put("scope", SCOPE);
        claims.put("aud", tokenUri.toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LONGEST).getEpochSecond());
        String unsigned = encoded(Json.write(Map.of("alg", "RS256", "typ", "JWT"))) + "." + encoded(Json.write(claims));
        return unsigned + "." + BASE64URL.encodeToString(signature(unsigned));
    }

    private static String encoded(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServiceAccount[" + projectId + "]";
    }
}
