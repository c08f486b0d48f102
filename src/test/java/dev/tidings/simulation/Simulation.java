package dev.tidings.simulation;

import static java.util.Objects.requireNonNull;

import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.MessageIdReused;
import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.doubles.Drafts;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What follows from one seed: first anything may go wrong, then nothing does, until all is quiet. */
final class Simulation {

    private static final int STEPS = 240;
    private static final int MOST_STEPS_TO_QUIET = 20_000;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> TYPES = List.of("password_reset", "welcome", "welcome", "marketing");

    private final long seed;
    private final TidingsInMemory ports;
    private final Random chance;
    private final boolean mayCrash;
    private final SimulatedProvider provider;
    private final Oracle oracle;
    private final SimulatedNode[] nodes = new SimulatedNode[2];
    private final List<Submission> submissions = new ArrayList<>();
    private final List<String> story = new ArrayList<>();

    private static final class Mishap extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Mishap() {
            super("by chance", null, false, false);
        }
    }

    record Submission(NotificationDraft draft, CompletableFuture<Receipt> answer) {

        @Nullable Receipt receipt() {
            return answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : null;
        }

        boolean reused() {
            return answer.isCompletedExceptionally() && answer.exceptionNow() instanceof MessageIdReused;
        }
    }

    Simulation(long seed, TidingsInMemory ports) {
        this.seed = seed;
        this.ports = ports;
        chance = new Random(seed);
        mayCrash = chance.nextBoolean();
        provider = new SimulatedProvider(chance);
        ports.random.setSeed(seed);
        ports.clock.set(SettableClock.START);
        ports.queue.clear();
        oracle = new Oracle(ports, provider, submissions);
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = newLife(i);
        }
    }

    /** Whoever can't crash needs nobody to look for what was forgotten: it must be woken for everything. */
    private SimulatedNode newLife(int node) {
        Duration poll = mayCrash ? Duration.ofSeconds(1) : Duration.ofHours(12);
        return new SimulatedNode("node-" + node, ports, provider, poll);
    }

    void run() {
        try {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            untilQuiet();
            decideAboutWhatIsHeld();
            untilQuiet();
            oracle.checkAtTheEnd();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "replay with -Dsimulation.seed=%d: %s%n%s"
                            .formatted(seed, e.getMessage(), String.join(System.lineSeparator(), story)),
                    e);
        }
    }

    private void step() {
        SimulatedNode node = nodes[chance.nextInt(nodes.length)];
        int drawn = chance.nextInt(100);
        if (drawn < 8) {
            submit(node);
        } else if (drawn < 16) {
            commitAcceptance(node);
        } else if (drawn < 30) {
            claim(node);
        } else if (drawn < 48) {
            beginToSend(node);
        } else if (drawn < 63) {
            hear(node);
        } else if (drawn < 76) {
            commitReports(node);
        } else if (drawn < 80) {
            keepOrder(node);
        } else if (drawn < 88) {
            intervene(node);
        } else if (drawn < 97) {
            advance(Duration.ofMillis(chance.nextInt(drawn < 90 ? 100 : drawn < 94 ? 5_000 : 40_000)));
        } else {
            upset();
        }
    }

    private void upset() {
        switch (chance.nextInt(4)) {
            case 0 -> {
                provider.down = !provider.down;
                tell("the provider is " + (provider.down ? "down" : "back"));
            }
            case 1 -> {
                tell("the next commit fails");
                ports.transactions.failNextCommit(new Mishap());
            }
            case 2 -> advance(Duration.ofSeconds(90));
            default -> {
                if (mayCrash) {
                    int which = chance.nextInt(nodes.length);
                    tell(nodes[which].name + " crashes");
                    nodes[which] = newLife(which);
                }
            }
        }
    }

    private void submit(SimulatedNode node) {
        NotificationDraft draft = draft();
        tell("%s is asked for %s to %s%s%s%s"
                .formatted(
                        node.name,
                        draft.category().type().value(),
                        draft.recipient().value(),
                        draft.sendAt() == null ? "" : ", at " + draft.sendAt(),
                        draft.expiresAt() == null ? "" : ", until " + draft.expiresAt(),
                        draft.source() == null ? "" : ", as " + draft.source()));
        submissions.add(new Submission(draft, node.acceptance.submit(draft)));
    }

    private NotificationDraft draft() {
        if (!submissions.isEmpty() && chance.nextInt(5) == 0) {
            NotificationDraft earlier =
                    submissions.get(chance.nextInt(submissions.size())).draft();
            return again(earlier);
        }
        Category category = TidingsInMemory.CATEGORIES
                .find(new NotificationType(TYPES.get(chance.nextInt(TYPES.size()))))
                .orElseThrow();
        Instant now = ports.clock.instant();
        Instant sendAt = chance.nextInt(4) == 0 ? now.plusSeconds(1 + chance.nextInt(120)) : null;
        Instant expiresAt =
                chance.nextInt(4) == 0 ? (sendAt == null ? now : sendAt).plusSeconds(1 + chance.nextInt(90)) : null;
        String person = "p" + submissions.size() + "-" + seed;
        Source source = chance.nextInt(3) == 0
                ? new Source(
                        new SourceMessage(Drafts.CONTEXT.serviceId(), "m-" + person),
                        new Fingerprint(new UUID(seed, submissions.size())))
                : null;
        return new NotificationDraft(
                Drafts.CONTEXT,
                source,
                null,
                null,
                Channel.EMAIL,
                new EmailAddress(person + "@example.org"),
                person,
                category,
                category.lane(),
                null,
                new Message("Hello " + person, "Hello", null),
                null,
                now,
                sendAt,
                expiresAt,
                false,
                null,
                null);
    }

    /** The same request, or another one under the same id. */
    private NotificationDraft again(NotificationDraft earlier) {
        Source source = earlier.source();
        boolean other = source != null && chance.nextInt(4) == 0;
        return new NotificationDraft(
                earlier.context(),
                other ? new Source(requireNonNull(source).message(), new Fingerprint(new UUID(seed, -1))) : source,
                null,
                null,
                earlier.channel(),
                earlier.recipient(),
                earlier.recipientName(),
                earlier.category(),
                earlier.lane(),
                null,
                earlier.message(),
                earlier.provider(),
                ports.clock.instant(),
                null,
                null,
                false,
                null,
                null);
    }

    private boolean commitAcceptance(SimulatedNode node) {
        boolean any = node.acceptance.commit();
        if (any) {
            tell(node.name + " commits what it was asked for");
            oracle.checkReceipts();
            wakeOthers(node);
        }
        return any;
    }

    private void claim(SimulatedNode node) {
        var claimed = node.claim();
        if (!claimed.isEmpty()) {
            tell(node.name + " claims " + claimed.size());
            oracle.checkClaims(node, claimed);
        }
    }

    private boolean beginToSend(SimulatedNode node) {
        boolean any = node.beginToSend();
        if (any) {
            Handover last = provider.handovers.getLast();
            tell("%s hands over %s, attempt %d: %s, %s"
                    .formatted(
                            node.name,
                            last.message().notificationId(),
                            last.message().attempt(),
                            last.said().getClass().getSimpleName(),
                            last.arrived() ? "arrives" : "does not arrive"));
            oracle.checkHandover(last);
        }
        return any;
    }

    private boolean hear(SimulatedNode node) {
        boolean any = node.hear(chance.nextDouble());
        if (any) {
            tell(node.name + " hears an outcome");
        }
        return any;
    }

    private boolean commitReports(SimulatedNode node) {
        boolean any = node.engine.commitReports();
        if (any) {
            tell(node.name + " commits outcomes");
        }
        return any;
    }

    private boolean keepOrder(SimulatedNode node) {
        try {
            boolean worked = node.keepOrder();
            if (worked) {
                tell(node.name + " keeps order");
            }
            return worked;
        } catch (Mishap e) {
            return true;
        }
    }

    private void intervene(SimulatedNode node) {
        List<NotificationId> accepted = oracle.accepted();
        if (accepted.isEmpty()) {
            return;
        }
        NotificationId id = accepted.get(chance.nextInt(accepted.size()));
        int any = chance.nextInt(8);
        intervene(
                node,
                id,
                switch (oracle.status(id)) {
                    case FAILED -> chance.nextInt(3) == 0 ? any : 4;
                    case HELD -> chance.nextInt(3) == 0 ? any : 5 + chance.nextInt(3);
                    case SCHEDULED, QUEUED, RETRYING, SENT, DELIVERED, BOUNCED, SUPPRESSED, CANCELLED, EXPIRED -> any;
                });
    }

    private void intervene(SimulatedNode node, NotificationId id, int drawn) {
        String what = switch (drawn) {
            case 0, 1, 2 -> "cancel";
            case 3 -> "reschedule";
            case 4 -> "redrive";
            case 5 -> "resolve: resend";
            case 6 -> "resolve: sent";
            default -> "resolve: failed";
        };
        try {
            switch (drawn) {
                case 0, 1, 2 -> {
                    node.intervene.cancel(id);
                    oracle.cancelled(id);
                }
                case 3 -> node.intervene.reschedule(id, ports.clock.instant().plusSeconds(1 + chance.nextInt(60)));
                case 4 -> node.intervene.redrive(id);
                case 5 -> node.intervene.resolve(id, Resolution.RESEND);
                case 6 -> node.intervene.resolve(id, Resolution.SENT);
                default -> node.intervene.resolve(id, Resolution.FAILED);
            }
            tell(what + " " + id);
            wakeOthers(node);
        } catch (NotificationRefused e) {
            tell(what + " " + id + " is refused: " + e.reason());
        } catch (Mishap e) {
            tell(what + " " + id + " fails");
        }
    }

    /** A commit tells the other nodes, too. */
    private void wakeOthers(SimulatedNode node) {
        for (SimulatedNode other : nodes) {
            if (other != node) {
                other.wake();
            }
        }
    }

    private void advance(Duration by) {
        ports.clock.advance(by);
        tell("it is " + ports.clock.instant());
    }

    private void untilQuiet() {
        provider.down = false;
        provider.kind = true;
        int steps = 0;
        boolean worked = true;
        while (worked || oracle.isSomethingToDo() || isBusy()) {
            if (++steps > MOST_STEPS_TO_QUIET) {
                throw new AssertionError("it never gets quiet: " + ports.queue.all());
            }
            worked = false;
            for (SimulatedNode node : nodes) {
                worked |= commitAcceptance(node);
                claim(node);
                worked |= beginToSend(node);
                worked |= hear(node);
                worked |= commitReports(node);
                worked |= keepOrder(node);
            }
            if (!worked) {
                advance(Duration.ofMillis(500));
                oracle.checkThatSomebodyLooks(nodes, SOON);
            }
        }
    }

    private boolean isBusy() {
        for (SimulatedNode node : nodes) {
            if (node.isSending()) {
                return true;
            }
        }
        return false;
    }

    private void decideAboutWhatIsHeld() {
        for (NotificationId id : oracle.accepted()) {
            if (oracle.status(id) == NotificationStatus.HELD) {
                intervene(nodes[0], id, 5 + chance.nextInt(3));
            }
        }
    }

    private void tell(String what) {
        story.add(what);
    }
}
