package dev.tidings.adapters.providers;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.domain.notification.ProviderName;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tidings.providers.<name>.kind} may be; a bean for each.
 *
 * @param <S> the settings of a provider of this kind, a record that is bound from {@code tidings.providers.<name>}; other
 *     keys there are others'
 */
public interface ProviderKind<S extends ProviderKind.Settings> {

    /** Such as {@code twilio-sms}. */
    String kind();

    Class<S> settings();

    Vendor vendor(S settings, Surroundings surroundings);

    /** What reads the vendor's callbacks, if it makes any. */
    default Optional<CallbackReader> callbacks(S settings, Surroundings surroundings) {
        return Optional.empty();
    }

    /** Validate themselves; what is wrong is named by its property, such as {@code from must be …}. */
    interface Settings {

        /** A provider is there once it has all of these, and left out as long as it has none. */
        List<Needed> needed();
    }

    /**
     * @param property below the provider's name, such as {@code auth-token}
     * @param shared whether it may be there for another provider's sake, such as a key that is good for two channels
     */
    record Needed(String property, String value, boolean shared) {

        public static Needed own(String property, String value) {
            return new Needed(property, value, false);
        }

        public static Needed shared(String property, String value) {
            return new Needed(property, value, true);
        }

        boolean isThere() {
            return !value.isBlank();
        }
    }

    /** @param publicUrl where the outside world reaches us; absent when it doesn't */
    record Surroundings(ProviderName name, @Nullable URI publicUrl, InstantSource clock) {

        /** Where the vendor's callbacks are to go; empty when none can reach us. */
        public Optional<URI> callbackUrl() {
            return Optional.ofNullable(publicUrl).map(url -> URI.create(url + "/callbacks/" + name));
        }
    }
}
