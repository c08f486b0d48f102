package dev.tidings.adapters.providers.sendgrid;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** SHA256withECDSA over the timestamp and the raw body (SendGrid, "Event Webhook security features"). */
final class SendGridSignature {

    private final PublicKey key;

    SendGridSignature(String publicKey) {
        try {
            byte[] encoded = Base64.getDecoder().decode(publicKey.strip());
            this.key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "webhook-public-key must be the base64 that SendGrid shows as its verification key", e);
        }
    }

    boolean isGenuine(String signature, String timestamp, ByteBuffer body) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(key);
            ecdsa.update(timestamp.getBytes(StandardCharsets.UTF_8));
            ecdsa.update(body.duplicate());
            return ecdsa.verify(Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
