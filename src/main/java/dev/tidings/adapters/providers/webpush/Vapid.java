package dev.tidings.adapters.providers.webpush;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Says to push services who we are (RFC 8292). */
final class Vapid {

    /** They take up to 24 hours; clocks differ. */
    private static final Duration LIFE = Duration.ofHours(12);

    private final VAPIDKeyPair keys;
    private final String subject;

    /** @throws IllegalArgumentException with words for whoever configured it */
    Vapid(WebPush.Settings settings) {
        ECPrivateKey secret = secretKey(settings.privateKey().strip());
        ECPublicKey known = publicKey(settings.publicKey().strip());
        if (!belongTogether(secret, known)) {
            throw new IllegalArgumentException("private-key is not the one that belongs to public-key");
        }
        this.keys = VAPIDKeyPairs.of(PrivateKeySources.ofECPrivateKey(secret), PublicKeySources.ofECPublicKey(known));
        this.subject = settings.subject().strip();
    }

    /** The header {@code Authorization} for this endpoint. */
    String authorization(URI endpoint, Instant now) {
        return keys.generateAuthorizationHeaderValue(VAPIDJWTParam.getBuilder()
                .resourceURLString(endpoint.toString())
                .expirationTime(now.plus(LIFE))
                .subject(subject)
                .build());
    }

    private static ECPrivateKey secretKey(String base64url) {
        try {
            byte[] scalar = Base64.getUrlDecoder().decode(base64url);
            if (scalar.length != 32) {
                throw new IllegalArgumentException(scalar.length + " bytes");
            }
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            return (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(1, scalar), curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("private-key must be 32 bytes in base64url", e);
        }
    }

    private static ECPublicKey publicKey(String base64url) {
        try {
            return PublicKeySources.ofUncompressedBytes(Base64.getUrlDecoder().decode(base64url))
                    .extract();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("public-key must be a point on P-256: 65 bytes in base64url", e);
        }
    }

    private static boolean belongTogether(ECPrivateKey secret, ECPublicKey known) {
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
