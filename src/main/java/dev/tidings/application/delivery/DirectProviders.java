package dev.tidings.application.delivery;

import dev.tidings.application.commit.Periodically;
import dev.tidings.application.delivery.ProviderChoices.Choice;
import dev.tidings.domain.notification.ProviderName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets operators switch providers on and off, and weigh them, while the service runs; all nodes follow within a second. */
public final class DirectProviders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectProviders.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Roster roster;
    private final ProviderChoices choices;
    private final Runnable wake;
    private volatile @Nullable Periodically chore;

    public DirectProviders(Roster roster, ProviderChoices choices, Runnable wake) {
        this.roster = roster;
        this.choices = choices;
        this.wake = wake;
    }

    public void start() {
        follow();
        chore = Periodically.start("follow-choices", PERIOD, this::follow);
    }

    /** Blocks; all that is absent stays. Nothing when there is no such provider. */
    public Optional<Route> choose(ProviderName provider, Choice choice) {
        Optional<Route> route = roster.find(provider);
        route.ifPresent(known -> {
            choice.over(known.policy());
            choices.choose(provider, choice);
            LOG.info("Provider {} is told: {}", provider, choice);
            follow();
        });
        return route;
    }

    void follow() {
        Map<ProviderName, Choice> chosen = choices.all();
        boolean changed = false;
        for (Route route : roster.routes().toList()) {
            Choice choice = chosen.get(route.name());
            changed |= route.follow(choice == null ? route.configured() : choice.over(route.configured()));
        }
        if (changed) {
            wake.run();
        }
    }

    @Override
    public void close() {
        Periodically current = chore;
        if (current != null) {
            current.close();
        }
    }
}
