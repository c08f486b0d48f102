package dev.tidings.adapters.providers.twilio;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.ProviderKind.Needed;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param from the number or the sender id that messages come from
 * @param messagingServiceSid instead of it: Twilio chooses the sender
 * @param templates of WhatsApp: Twilio's {@code ContentSid} by the name of our template
 */
record TwilioSettings(
        @DefaultValue("https://api.twilio.com") String baseUrl,
        @DefaultValue("") String accountSid,
        @DefaultValue("") String authToken,
        @DefaultValue("") String from,
        @DefaultValue("") String messagingServiceSid,
        @DefaultValue Map<String, String> templates)
        implements ProviderKind.Settings {

    @Override
    public List<Needed> needed() {
        return List.of(
                Needed.shared("account-sid", accountSid),
                Needed.shared("auth-token", authToken),
                Needed.own("from", from.isBlank() ? messagingServiceSid : from));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "TwilioSettings[" + accountSid + "]";
    }
}
