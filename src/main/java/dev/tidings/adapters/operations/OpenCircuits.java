package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Alert.Condition;
import dev.tidings.adapters.operations.Alert.Severity;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Providers that this node has left alone for too long. */
final class OpenCircuits {

    private final Optional<Roster> roster;
    private final Duration bound;

    OpenCircuits(Optional<Roster> roster, AlertSettings bounds) {
        this.roster = roster;
        this.bound = bounds.circuitOpen();
    }

    List<Condition> check(Instant now) {
        return roster.stream()
                .flatMap(Roster::routes)
                .flatMap(
                        route -> openFor(route, now)
                                .filter(open -> open.compareTo(bound) > 0)
                                .map(open -> condition(route, open))
                                .stream())
                .toList();
    }

    private static Optional<Duration> openFor(Route route, Instant now) {
        return route.openSince().map(since -> Duration.between(since, now));
    }

    private static Condition condition(Route route, Duration open) {
        return new Condition(
                "CircuitOpen",
                route.name().value(),
                Severity.TICKET,
                "%s has failed for %s, and is tried now and then only".formatted(route.name(), Spans.of(open)),
                "The channel's other providers take its messages; without one they wait. GET /providers shows them all;"
                        + " the timeline of a notification has the provider's words.");
    }
}
