package dev.tidings.adapters.providers.sendgrid;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.ProviderKind.Needed;
import dev.tidings.domain.recipient.EmailAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param fromAddress one that SendGrid has verified as ours
 * @param webhookPublicKey by which its event webhook is verified: a P-256 key, base64 of its SubjectPublicKeyInfo. Without
 *     it no event is believed
 * @param webhookAge how old an event webhook may be when it arrives
 */
record SendGridSettings(
        @DefaultValue("https://api.sendgrid.com") String baseUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("") String fromAddress,
        @DefaultValue("") String fromName,
        @DefaultValue("") String webhookPublicKey,
        @DefaultValue("10m") Duration webhookAge)
        implements ProviderKind.Settings {

    @Override
    public List<Needed> needed() {
        return List.of(Needed.own("api-key", apiKey), Needed.shared("from-address", fromAddress));
    }

    EmailAddress sender() {
        try {
            return new EmailAddress(fromAddress);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("from-address " + e.getMessage() + ", not \"" + fromAddress + "\"", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SendGridSettings[from " + fromAddress + "]";
    }
}
