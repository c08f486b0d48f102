package dev.tidings.adapters.operations;

import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.commit.DatabaseHealth.Standby;
import dev.tidings.application.delivery.CircuitBreaker.State;
import dev.tidings.application.delivery.ProviderHealth;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The parts that Tidings lives by, and what to ask each of them. Those that this process doesn't have are left out. */
final class Parts {

    static final String PRIMARY = "primary";
    static final String STANDBY = "standby";
    static final String BROKER = "broker";
    static final String INTAKE = "intake";
    static final String MAIL = "mail";
    static final String PROVIDERS = "providers";
    static final String DELIVERY = "delivery";
    static final String PROJECTIONS = "projections";

    private final AlertSettings bounds;

    Parts(AlertSettings bounds) {
        this.bounds = bounds;
    }

    Map<String, Supplier<Answer>> all(
            Optional<DatabaseHealth> databases,
            Optional<BrokerHealth> broker,
            List<ProviderHealth> providers,
            Optional<Roster> roster,
            Optional<Intake> intake,
            Supplier<Sample> sample) {
        Map<String, Supplier<Answer>> parts = new LinkedHashMap<>();
        databases.ifPresent(health -> {
            parts.put(PRIMARY, () -> Answer.upUnless(health.primaryProblem(), "takes writes"));
            parts.put(STANDBY, () -> standby(health.standby()));
        });
        broker.ifPresent(health -> parts.put(BROKER, () -> Answer.upUnless(health.problem(), "connected")));
        intake.ifPresent(it -> parts.put(INTAKE, () -> Answer.upUnless(it.paused(), "takes in what comes")));
        if (!providers.isEmpty()) {
            parts.put(MAIL, () -> mail(providers));
        }
        roster.ifPresent(it -> parts.put(PROVIDERS, () -> providers(it)));
        parts.put(DELIVERY, () -> delivery(sample.get()));
        parts.put(PROJECTIONS, () -> projections(sample.get()));
        return parts;
    }

    private Answer standby(Standby standby) {
        return switch (standby) {
            case Standby.Absent _ -> Answer.up("there is none: the primary answers reads");
            case Standby.Broken broken -> Answer.down(broken.problem() + "; the primary answers reads");
            case Standby.Following following -> following(following);
        };
    }

    private Answer following(Standby.Following following) {
        Duration lag = following.lag();
        if (lag == null) {
            return Answer.up("answers reads; how far behind it is can't be told without the primary");
        }
        String detail = Spans.of(lag) + " behind";
        return lag.compareTo(bounds.standbyLag()) > 0 ? Answer.degraded(detail) : Answer.up(detail);
    }

    private static Answer mail(List<ProviderHealth> providers) {
        List<String> problems = providers.stream()
                .flatMap(provider ->
                        provider.problem().map(problem -> provider.name().value() + ": " + problem).stream())
                .toList();
        if (problems.isEmpty()) {
            return Answer.up(providers.stream()
                    .map(provider -> provider.name().value())
                    .collect(Collectors.joining(", ", "", " answers")));
        }
        String detail = String.join("; ", problems);
        return problems.size() == providers.size() ? Answer.down(detail) : Answer.degraded(detail);
    }

    /** A channel without any provider that lets messages flow is down; one that only pretends says so. */
    private static Answer providers(Roster roster) {
        List<String> said = new ArrayList<>();
        boolean all = true;
        boolean any = false;
        for (Channel channel : roster.channels()) {
            Routes routes = roster.of(channel).orElseThrow();
            List<String> closed = routes.all().stream()
                    .filter(route -> route.circuit() != State.CLOSED)
                    .map(route -> route.name() + " is left alone, or being tried")
                    .toList();
            boolean open = closed.size() < routes.all().size();
            all &= closed.isEmpty();
            any |= open;
            said.add(channel.name().toLowerCase(Locale.ROOT) + ": "
                    + (routes.reachNobody() ? "sandbox only, reaches nobody" : "reaches people")
                    + closed.stream().map(each -> ", " + each).collect(Collectors.joining()));
        }
        String detail = String.join("; ", said);
        return all ? Answer.up(detail) : any ? Answer.degraded(detail) : Answer.down(detail);
    }

    private Answer delivery(Sample sample) {
        if (sample.queue() == null) {
            return Answer.degraded("the queue can't be read");
        }
        List<LaneDepth> waiting =
                sample.queue().stream().filter(line -> line.waiting() > 0).toList();
        if (waiting.isEmpty()) {
            return Answer.up("nothing waits");
        }
        String detail = waiting.stream()
                .map(line -> "%s/%s: %d, due for %s"
                        .formatted(line.channel(), line.lane(), line.waiting(), Spans.of(line.oldest())))
                .collect(Collectors.joining("; "));
        boolean late = waiting.stream().anyMatch(line -> line.oldest().compareTo(bounds.oldest(line.lane())) > 0);
        return late ? Answer.degraded(detail) : Answer.up(detail);
    }

    private Answer projections(Sample sample) {
        if (sample.projections() == null) {
            return Answer.degraded("how far they are behind can't be read");
        }
        if (sample.projections().isEmpty()) {
            return Answer.up("none runs on this node");
        }
        String detail = sample.projections().stream()
                .map(projection -> projection.processor() + ": " + Spans.of(projection.lag()) + " behind")
                .collect(Collectors.joining("; "));
        boolean late = sample.projections().stream()
                .anyMatch(projection -> projection.lag().compareTo(bounds.projectionLag()) > 0);
        return late ? Answer.degraded(detail) : Answer.up(detail);
    }
}
