package dev.tidings.adapters.providers.webpush;

import dev.tidings.domain.recipient.PushSubscription;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keys as browsers and servers of Web Push have them. */
final class Browsers {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final KeyPair SERVER = pair();
    private static final KeyPair BROWSER = pair();

    static final String PUBLIC_KEY = point(SERVER);
    static final String PRIVATE_KEY = BASE64URL.encodeToString(bytes32(((ECPrivateKey) SERVER.getPrivate()).getS()));

    private Browsers() {}

    static List<String> settings() {
        return List.of("public-key", PUBLIC_KEY, "private-key", PRIVATE_KEY, "subject", "mailto:push@example.org");
    }

    static WebPush.Settings settings(String baseUrl) {
        return new WebPush.Settings(
                baseUrl, PUBLIC_KEY, PRIVATE_KEY, "mailto:push@example.org", Duration.ofHours(1), false);
    }

    static PushSubscription at(String endpoint) {
        return PushSubscription.of(endpoint, point(BROWSER), BASE64URL.encodeToString(new byte[16]));
    }

    /** As the browser does it (RFC 8291, 3). */
    static String decrypted(byte[] body) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOfRange(body, 0, 16);
        byte[] sender = Arrays.copyOfRange(body, 21, 86);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(BROWSER.getPrivate());
        agreement.doPhase(key(sender), true);
        byte[] info = joined(
                "WebPush: info\0".getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(point(BROWSER)),
                sender);
        byte[] secret = derived(agreement.generateSecret(), new byte[16], info, 32);
        byte[] content = derived(secret, salt, "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII), 16);
        byte[] nonce = derived(secret, salt, "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(content, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(body, 86, body.length - 86);
        return new String(padded, 0, padded.length - 1, StandardCharsets.UTF_8);
    }

    private static byte[] derived(byte[] key, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    }

    private static PublicKey key(byte[] point) throws GeneralSecurityException {
        ECPoint at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(at, ((ECPublicKey) BROWSER.getPublic()).getParams()));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String point(KeyPair pair) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        byte[] point = new byte[65];
        point[0] = 4;
        System.arraycopy(bytes32(key.getW().getAffineX()), 0, point, 1, 32);
        System.arraycopy(bytes32(key.getW().getAffineY()), 0, point, 33, 32);
        return BASE64URL.encodeToString(point);
    }

    private static byte[] bytes32(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        byte[] tail = bytes.length > 32 ? Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length) : bytes;
        System.arraycopy(tail, 0, fixed, 32 - tail.length, tail.length);
        return fixed;
    }
}
