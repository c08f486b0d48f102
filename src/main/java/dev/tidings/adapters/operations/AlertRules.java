package dev.tidings.adapters.operations;

import dev.tidings.adapters.operations.Alert.Condition;
import dev.tidings.adapters.operations.Alert.Severity;
import dev.tidings.application.ledger.Difference;
import dev.tidings.application.ledger.Sheet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When somebody should look, and what they should do. */
final class AlertRules {

    private final AlertSettings bounds;

    AlertRules(AlertSettings bounds) {
        this.bounds = bounds;
    }

    List<Condition> check(HealthReport health, Sample sample, History history) {
        Totals lately = history.over(bounds.window()).totals();
        List<Condition> conditions = new ArrayList<>();
        parts(health, conditions);
        queue(sample, lately, conditions);
        lately.providers().forEach(provider -> provider(provider, lately, conditions));
        parked(lately, conditions);
        lags(sample, conditions);
        ledger(sample, conditions);
        return conditions;
    }

    private static void parts(HealthReport health, List<Condition> conditions) {
        part(health, Parts.PRIMARY, "PrimaryDown", Severity.PAGE, conditions, "Nothing is accepted until it is back.");
        part(health, Parts.BROKER, "BrokerDown", Severity.PAGE, conditions, "Events wait; REST goes on.");
        part(
                health,
                Parts.INTAKE,
                "IntakePaused",
                Severity.PAGE,
                conditions,
                "It goes on by itself when there is room.");
        part(health, Parts.MAIL, "MailDown", Severity.PAGE, conditions, "Mails wait in the queue and lose nothing.");
        part(health, Parts.STANDBY, "StandbyDown", Severity.TICKET, conditions, "Reads go to the primary.");
    }

    private static void part(
            HealthReport health,
            String part,
            String name,
            Severity severity,
            List<Condition> conditions,
            String consequence) {
        if (health.isDown(part)) {
            conditions.add(new Condition(
                    name,
                    "",
                    severity,
                    "The " + (part.equals(Parts.MAIL) ? "mail relay" : part) + " is down: "
                            + health.part(part).detail(),
                    consequence + " Look at /broker/health and at the part itself."));
        }
    }

    private void queue(Sample sample, Totals lately, List<Condition> conditions) {
        for (LaneDepth line : sample.knownQueue()) {
            if (line.waiting() > 0 && line.oldest().compareTo(bounds.oldest(line.lane())) > 0) {
                boolean instant = line.lane().equals("instant");
                conditions.add(new Condition(
                        instant ? "InstantMessagesWait" : "MessagesWait",
                        line.channel() + "/" + line.lane(),
                        instant ? Severity.PAGE : Severity.TICKET,
                        "%d wait on %s, lane %s; the oldest has been due for %s"
                                .formatted(line.waiting(), line.channel(), line.lane(), Spans.of(line.oldest())),
                        "Is the provider down (/broker/health)? If not, more comes in than goes out: add a node, or raise"
                                + " the provider's limit."));
            }
        }
        boolean someWait =
                sample.knownQueue().stream().anyMatch(line -> line.oldest().compareTo(bounds.oldest("instant")) > 0);
        if (someWait && lately.accepted() > 0 && lately.count(Outcome.SENT) == 0) {
            conditions.add(new Condition(
                    "NothingIsSent",
                    "",
                    Severity.PAGE,
                    "Requests come in, nothing goes out, and the queue isn't empty",
                    "Look at /broker/health and at the outcomes by provider in /broker/metrics."));
        }
    }

    private void provider(String provider, Totals lately, List<Condition> conditions) {
        double sent = lately.count(provider, Outcome.SENT);
        double failed = lately.count(provider, Outcome.FAILED);
        double retrying = lately.count(provider, Outcome.RETRYING);
        double unknown = lately.count(provider, Outcome.UNKNOWN);
        if (exceeds(bounds.failureRate(), failed, sent + failed)) {
            conditions.add(new Condition(
                    "ManyFail",
                    provider,
                    Severity.PAGE,
                    "%s of what %s was given fails for good".formatted(percent(failed, sent + failed), provider),
                    "The timeline of a failed notification has the provider's answer."));
        }
        if (exceeds(bounds.retryRate(), retrying, sent + failed + retrying)) {
            conditions.add(new Condition(
                    "ManyRetries",
                    provider,
                    Severity.TICKET,
                    "%s refuses %s of the attempts for now"
                            .formatted(provider, percent(retrying, sent + failed + retrying)),
                    "Look at the provider's state and limits."));
        }
        if (unknown > 0) {
            conditions.add(new Condition(
                    "OutcomeUnknown",
                    provider,
                    Severity.TICKET,
                    "It isn't known of %.0f attempts whether %s took the message".formatted(unknown, provider),
                    "Types that are to be sent again were; the others are held until a person decides."));
        }
    }

    private boolean exceeds(double bound, double some, double all) {
        return all >= bounds.judgedFrom() && some / all > bound;
    }

    private static String percent(double some, double all) {
        return Math.round(100 * some / all) + " %";
    }

    private static void parked(Totals lately, List<Condition> conditions) {
        lately.parked().forEach((reason, count) -> {
            if (count > 0) {
                conditions.add(new Condition(
                        "MessagesParked",
                        reason,
                        Severity.TICKET,
                        "%.0f messages were parked: %s".formatted(count, reason),
                        "They are in notifications.queue.dlq, each with its reason. Tell the service that sent them."));
            }
        });
    }

    private void lags(Sample sample, List<Condition> conditions) {
        Duration standbyLag = sample.standbyLag();
        if (standbyLag != null && standbyLag.compareTo(bounds.standbyLag()) > 0) {
            conditions.add(new Condition(
                    "StandbyBehind",
                    "",
                    Severity.TICKET,
                    "The standby is " + Spans.of(standbyLag) + " behind",
                    "Reads go to the primary meanwhile. A standby that stays away costs the primary disk space."));
        }
        for (ProjectionLag projection : sample.knownProjections()) {
            if (projection.lag().compareTo(bounds.projectionLag()) > 0) {
                conditions.add(
                        new Condition(
                                "ProjectionBehind",
                                projection.processor(),
                                Severity.TICKET,
                                "%s is %s behind the log".formatted(projection.processor(), Spans.of(projection.lag())),
                                "History and status are late, sending is not. Look for an error of this processor in the log."));
            }
        }
    }

    private static void ledger(Sample sample, List<Condition> conditions) {
        List<Sheet> unbalanced = sample.unbalanced();
        if (!unbalanced.isEmpty()) {
            Sheet first = unbalanced.getFirst();
            Difference difference = first.differences().getFirst();
            conditions.add(new Condition(
                    "LedgerImbalance",
                    "",
                    Severity.PAGE,
                    "The ledger doesn't balance by %.0f; of %s, the hour from %s: %s in the %s should be %d and is %d"
                            .formatted(
                                    sample.imbalance(),
                                    first.service(),
                                    first.hour(),
                                    difference.figure(),
                                    Meters.word(difference.source()),
                                    difference.expected(),
                                    difference.found()),
                    "GET /ledger has all of it. Views are mended by POST /views/rebuild; a row missing in the queue means"
                            + " that something will not be sent."));
        }
    }
}
