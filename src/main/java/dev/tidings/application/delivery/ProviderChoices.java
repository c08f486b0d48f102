package dev.tidings.application.delivery;

import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What operators have chosen while the service runs; it goes before what is configured, on all nodes. */
public interface ProviderChoices {

    /** What is absent is as configured. */
    record Choice(
            @Nullable Integer priority,
            @Nullable Integer weight,
            @Nullable Mode mode) {

        public ProviderPolicy over(ProviderPolicy configured) {
            return new ProviderPolicy(
                    Objects.requireNonNullElse(priority, configured.priority()),
                    Objects.requireNonNullElse(weight, configured.weight()),
                    Objects.requireNonNullElse(mode, configured.mode()),
                    configured.perSecond(),
                    configured.perDay(),
                    configured.countries());
        }
    }

    Map<ProviderName, Choice> all();

    /** What is absent in the choice stays as it was chosen before. */
    void choose(ProviderName provider, Choice choice);
}
