package dev.tidings.application.doubles;

import static java.util.stream.Collectors.groupingBy;

import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.application.delivery.Routes;
import dev.tidings.domain.provider.ProviderPolicy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Providers that all are used alike, without limits, each with a simple breaker. */
public final class Rosters {

    private Rosters() {}

    public static Roster of(MessageProvider... providers) {
        return of(new SettableClock(), new Random(1), providers);
    }

    public static Roster of(InstantSource clock, RandomGenerator random, MessageProvider... providers) {
        return new Roster(Stream.of(providers).collect(groupingBy(MessageProvider::channel)).entrySet().stream()
                .map(channel -> new Routes(
                        channel.getKey(),
                        channel.getValue().stream()
                                .map(provider -> route(provider, clock))
                                .toList(),
                        _ -> Optional.empty(),
                        random,
                        clock))
                .toList());
    }

    private static Route route(MessageProvider provider, InstantSource clock) {
        return new Route(provider, ProviderPolicy.USUAL, new SimpleBreaker(clock), (_, _, _, _, _) -> {
            throw new IllegalStateException("nothing is limited");
        });
    }

    static Routes only(MessageProvider provider, InstantSource clock, RandomGenerator random) {
        return of(clock, random, provider).of(provider.channel()).orElseThrow();
    }
}
