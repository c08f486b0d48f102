package dev.tidings.adapters.providers.fcm;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

@Component
final class FcmPush implements ProviderKind<FcmPush.Settings> {

    /** @param credentials the service account's JSON, or the path of a file with it */
    record Settings(
            @DefaultValue("https://fcm.googleapis.com") String baseUrl,
            @DefaultValue("") String credentials) implements ProviderKind.Settings {

        @Override
        public List<Needed> needed() {
            return List.of(Needed.own("credentials", credentials));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "FcmPush.Settings[" + baseUrl + "]";
        }
    }

    @Override
    public String kind() {
        return "fcm";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Vendor vendor(Settings settings, Surroundings surroundings) {
        return new Fcm(settings, surroundings.clock());
    }
}
