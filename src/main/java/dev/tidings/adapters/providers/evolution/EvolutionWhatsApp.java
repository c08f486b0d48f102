package dev.tidings.adapters.providers.evolution;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.application.reports.CallbackReader;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

@Component
final class EvolutionWhatsApp implements ProviderKind<EvolutionWhatsApp.Settings> {

    /**
     * @param instance the WhatsApp account to send by, for messages that don't name one
     * @param callbackHeader the header in which callbacks bring the secret; as a bearer token when empty
     * @param callbackSecret without it no callback is believed
     */
    record Settings(
            @DefaultValue("") String baseUrl,
            @DefaultValue("") String apiKey,
            @DefaultValue("") String instance,
            @DefaultValue("") String callbackHeader,
            @DefaultValue("") String callbackSecret)
            implements ProviderKind.Settings {

        @Override
        public List<Needed> needed() {
            return List.of(Needed.own("base-url", baseUrl), Needed.own("api-key", apiKey));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "EvolutionWhatsApp.Settings[" + baseUrl + "]";
        }
    }

    @Override
    public String kind() {
        return "evolution-whatsapp";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Vendor vendor(Settings settings, Surroundings surroundings) {
        return new Evolution(settings, surroundings.clock());
    }

    @Override
    public Optional<CallbackReader> callbacks(Settings settings, Surroundings surroundings) {
        return Optional.of(new EvolutionUpdates(settings, surroundings));
    }
}
