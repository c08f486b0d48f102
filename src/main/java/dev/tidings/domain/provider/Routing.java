package dev.tidings.domain.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** In which order providers are asked: by priority; among equals by chance, in proportion to their weights. */
public final class Routing {

    private Routing() {}

    /** @param chance from 0 to 1 each time it is asked */
    public static <P> List<P> order(
            Collection<P> providers, Function<P, ProviderPolicy> policyOf, DoubleSupplier chance) {
        if (providers.size() < 2) {
            return List.copyOf(providers);
        }
        return providers.stream()
                .map(provider -> Drawn.of(provider, policyOf.apply(provider), chance.getAsDouble()))
                .sorted(Comparator.<Drawn<P>>comparingInt(Drawn::priority).thenComparingDouble(Drawn::lot))
                .map(Drawn::provider)
                .toList();
    }

    private record Drawn<P>(P provider, int priority, double lot) {

        /**
         * The smallest of exponentially distributed lots belongs to each in proportion to its rate (Efraimidis and
         * Spirakis, 2006).
         */
        static <P> Drawn<P> of(P provider, ProviderPolicy policy, double chance) {
            return new Drawn<>(provider, policy.priority(), -Math.log(1 - chance) / policy.weight());
        }
    }
}
