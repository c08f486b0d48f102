package dev.tidings.application.delivery;

import dev.tidings.application.delivery.Route.Entry;
import dev.tidings.domain.notification.Detour;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import dev.tidings.domain.provider.Routing;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The providers of one channel. A message goes to the first that can have it, and when that one can't send it now, in
 * the same attempt to the next; never to another one while it may have arrived.
 */
public final class Routes {

    private static final Failure NOBODY =
            new Failure("no_provider", "none of the channel's providers reaches such a recipient");

    private final Channel channel;
    private final List<Route> all;
    /** Those that reach people; where there are none, those that don't. */
    private final List<Route> usual;

    private final Function<Address, Optional<String>> countryOf;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * @param all at least one, of this channel
     * @param countryOf the country of a phone number (ISO 3166-1 alpha-2), where it is one and known
     */
    public Routes(
            Channel channel,
            List<Route> all,
            Function<Address, Optional<String>> countryOf,
            RandomGenerator random,
            InstantSource clock) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is no provider for " + channel);
        }
        this.channel = channel;
        this.all = List.copyOf(all);
        List<Route> real =
                all.stream().filter(route -> !route.provider().isSandbox()).toList();
        this.usual = real.isEmpty() ? this.all : real;
        this.countryOf = countryOf;
        this.random = random;
        this.clock = clock;
    }

    public Channel channel() {
        return channel;
    }

    public List<Route> all() {
        return all;
    }

    /**
     * How many messages can be sent at the same time, by those that are used side by side. Not more, for whoever waited for
     * a place with a message in hand would be in the way of more urgent ones.
     */
    public int concurrency() {
        return usual.stream()
                .collect(Collectors.groupingBy(
                        route -> route.policy().priority(),
                        Collectors.summingInt(route -> route.provider().concurrency())))
                .values()
                .stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
    }

    /** Whether none of them lets messages flow now. */
    boolean areClosed() {
        Instant now = clock.instant();
        return usual.stream().noneMatch(route -> route.isOpen(now));
    }

    /** How long none can even be tried, at most {@code longest}; zero if one can. */
    Duration rest(Duration longest) {
        Instant now = clock.instant();
        return usual.stream()
                .map(route -> route.rest(now, longest))
                .filter(rest -> rest.compareTo(longest) < 0)
                .min(Duration::compareTo)
                .orElse(longest);
    }

    /** Blocks for as long as the providers take. */
    Handover send(OutgoingMessage message) {
        Instant startedAt = clock.instant();
        List<Detour> refused = new ArrayList<>(0);
        List<Tried> tried = new ArrayList<>(1);
        Duration rest = Duration.ZERO;
        Duration wait = Duration.ZERO;
        for (Route route : Routing.order(candidates(message), Route::policy, random::nextDouble)) {
            switch (route.enter(message.only() != null, clock.instant())) {
                case Entry.Admitted _ -> {
                    Tried latest = new Tried(route, route.send(message), clock.instant());
                    tried.add(latest);
                    if (!latest.leavesItToOthers()) {
                        return made(latest, startedAt, detours(refused, tried, latest));
                    }
                }
                case Entry.NotYet notYet -> wait = shorter(wait, notYet.pause());
                case Entry.Refused no -> {
                    refused.add(new Detour(route.name(), no.failure(), clock.instant()));
                    rest = shorter(rest, no.rest());
                }
            }
        }
        if (!tried.isEmpty()) {
            Tried most = mostHopeful(tried);
            return made(most, startedAt, detours(refused, tried, most));
        }
        if (!wait.isZero()) {
            return new Handover.NotYet(wait);
        }
        SendOutcome outcome = refused.isEmpty()
                ? new SendOutcome.Unsuitable(NOBODY)
                : new SendOutcome.ProviderDown(refused.getLast().failure(), rest);
        return new Handover.Made(
                refused.isEmpty() ? null : refused.getLast().provider(),
                outcome,
                startedAt,
                refused.isEmpty() ? List.of() : List.copyOf(refused.subList(0, refused.size() - 1)),
                false);
    }

    private static Duration shorter(Duration known, Duration other) {
        return known.isZero() || (!other.isZero() && other.compareTo(known) < 0) ? other : known;
    }

    /** Real people are reached by the sandbox only where there is nothing else: it reaches nobody. */
    private List<Route> candidates(OutgoingMessage message) {
        Address recipient = message.recipient();
        boolean onlySandboxes =
                recipient.isSimulated() || usual.getFirst().provider().isSandbox();
        return all.stream()
                .filter(route -> message.only() == null || message.only().equals(route.name()))
                .filter(route -> message.only() != null || route.provider().isSandbox() == onlySandboxes)
                .filter(route -> route.provider().reaches(recipient))
                .filter(route -> sendsTo(route, recipient))
                .toList();
    }

    private boolean sendsTo(Route route, Address recipient) {
        return route.policy().countries().isEmpty()
                || countryOf
                        .apply(recipient)
                        .filter(route.policy().countries()::contains)
                        .isPresent();
    }

    private record Tried(Route route, SendOutcome outcome, Instant at) {

        boolean leavesItToOthers() {
            return switch (outcome) {
                case SendOutcome.FailedForNow _, SendOutcome.ProviderDown _, SendOutcome.Unsuitable _ -> true;
                case SendOutcome.Accepted _,
                        SendOutcome.FailedForGood _,
                        SendOutcome.RecipientGone _,
                        SendOutcome.Withheld _,
                        SendOutcome.Unknown _ -> false;
            };
        }

        private int hope() {
            return switch (outcome) {
                case SendOutcome.FailedForNow _ -> 2;
                case SendOutcome.ProviderDown _ -> 1;
                default -> 0;
            };
        }

        Detour detour() {
            return new Detour(
                    route.name(),
                    switch (outcome) {
                        case SendOutcome.FailedForNow(Failure failure, Duration _) -> failure;
                        case SendOutcome.ProviderDown(Failure failure, Duration _) -> failure;
                        case SendOutcome.Unsuitable(Failure failure) -> failure;
                        case SendOutcome.FailedForGood(Failure failure) -> failure;
                        case SendOutcome.RecipientGone(Failure failure, var _) -> failure;
                        case SendOutcome.Unknown(Failure failure) -> failure;
                        case SendOutcome.Accepted _, SendOutcome.Withheld _ -> NOBODY;
                    },
                    at);
        }
    }

    /** When all failed: it is tried again if any of them may take it then. */
    private static Tried mostHopeful(List<Tried> tried) {
        Tried most = tried.getFirst();
        for (Tried other : tried) {
            most = other.hope() >= most.hope() ? other : most;
        }
        return most;
    }

    private static List<Detour> detours(List<Detour> refused, List<Tried> tried, Tried last) {
        if (refused.isEmpty() && tried.size() == 1) {
            return List.of();
        }
        List<Detour> detours = new ArrayList<>(refused);
        tried.stream().filter(each -> !each.equals(last)).map(Tried::detour).forEach(detours::add);
        return List.copyOf(detours);
    }

    private static Handover.Made made(Tried last, Instant startedAt, List<Detour> detours) {
        return new Handover.Made(
                last.route.name(),
                last.outcome,
                startedAt,
                detours,
                last.route.provider().reportsLater());
    }

    /** Those that a message may be meant for alone. */
    public Optional<Route> find(ProviderName name) {
        return all.stream().filter(route -> route.name().equals(name)).findFirst();
    }

    /** Whether messages of this channel reach anybody. */
    public boolean reachNobody() {
        return all.stream()
                .filter(route -> route.policy().mode() != Mode.INACTIVE)
                .allMatch(route -> route.provider().isSandbox());
    }
}
