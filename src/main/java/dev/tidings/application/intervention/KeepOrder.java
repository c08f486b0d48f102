package dev.tidings.application.intervention;

import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.application.acceptance.RecipientLimits;
import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.application.commit.Periodically;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.domain.category.RecipientLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Does what time asks for: ends what is of no use any more, and forgets what nobody will ask about again. */
public final class KeepOrder implements AutoCloseable {

    private static final Duration EXPIRY = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofMinutes(1);
    private static final int EXPIRED_AT_A_TIME = 200;
    private static final int FORGOTTEN_AT_A_TIME = 10_000;

    private final Intervene intervene;
    private final SourceMessages sources;
    private final RecentMessages recent;
    private final ProviderMessages messages;
    private final RecipientLimits limits;
    private final InstantSource clock;
    private final Duration keep;
    private final List<Periodically> chores = new ArrayList<>();

    /** @param keep for how long messages of other services, and the providers' ids of ours, are remembered */
    public KeepOrder(
            Intervene intervene,
            SourceMessages sources,
            RecentMessages recent,
            ProviderMessages messages,
            RecipientLimits limits,
            InstantSource clock,
            Duration keep) {
        this.intervene = intervene;
        this.sources = sources;
        this.recent = recent;
        this.messages = messages;
        this.limits = limits;
        this.clock = clock;
        this.keep = keep;
    }

    public void start() {
        chores.add(Periodically.start("expire", EXPIRY, this::expire));
        chores.add(Periodically.start("forget", FORGETTING, this::forget));
    }

    void expire() {
        untilFewerThan(EXPIRED_AT_A_TIME, () -> intervene.expire(EXPIRED_AT_A_TIME));
    }

    void forget() {
        Instant now = clock.instant();
        untilFewerThan(FORGOTTEN_AT_A_TIME, () -> recent.forget(now, FORGOTTEN_AT_A_TIME));
        untilFewerThan(FORGOTTEN_AT_A_TIME, () -> sources.forget(now.minus(keep), FORGOTTEN_AT_A_TIME));
        untilFewerThan(FORGOTTEN_AT_A_TIME, () -> messages.forget(now.minus(keep), FORGOTTEN_AT_A_TIME));
        untilFewerThan(
                FORGOTTEN_AT_A_TIME, () -> limits.forget(now.minus(RecipientLimit.LONGEST), FORGOTTEN_AT_A_TIME));
    }

    private static void untilFewerThan(int atATime, IntSupplier work) {
        int done;
        do {
            done = work.getAsInt();
        } while (done == atATime);
    }

    @Override
    public void close() {
        chores.forEach(Periodically::close);
    }
}
