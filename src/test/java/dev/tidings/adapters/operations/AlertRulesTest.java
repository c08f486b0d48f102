package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.adapters.operations.Alert.Condition;
import dev.tidings.adapters.operations.Alert.Severity;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.application.ledger.Tally;
import dev.tidings.domain.access.ServiceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final AlertSettings BOUNDS = new AlertSettings(
            Duration.ofMinutes(15),
            Map.of("instant", Duration.ofSeconds(60), "low", Duration.ofHours(1)),
            0.05,
            0.2,
            20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));

    private final AlertRules rules = new AlertRules(BOUNDS);

    @Test
    void nothing_fires_while_all_is_well() {
        assertThat(names(health(Status.UP), sample(line("instant", 5, 59)), sent(100, Outcome.FAILED, 5)))
                .isEmpty();
    }

    @Test
    void a_part_that_is_down_fires() {
        assertThat(names(health(Status.DOWN), sample(), Totals.NONE))
                .containsExactlyInAnyOrder("PrimaryDown", "StandbyDown", "BrokerDown", "MailDown", "IntakePaused");
    }

    @Test
    void each_lane_has_its_own_patience() {
        Sample waiting = sample(line("instant", 1, 61), line("normal", 1, 899), line("low", 1, 3_601));

        assertThat(names(health(Status.UP), waiting, Totals.NONE))
                .containsExactlyInAnyOrder("InstantMessagesWait", "MessagesWait");
    }

    @Test
    void many_failures_fire_but_not_a_few_of_a_few() {
        assertThat(names(health(Status.UP), sample(), sent(94, Outcome.FAILED, 6)))
                .containsExactly("ManyFail");
        assertThat(names(health(Status.UP), sample(), sent(10, Outcome.FAILED, 9)))
                .isEmpty();
    }

    @Test
    void many_retries_fire() {
        assertThat(names(health(Status.UP), sample(), sent(70, Outcome.RETRYING, 30)))
                .containsExactly("ManyRetries");
    }

    @Test
    void a_single_unknown_outcome_fires() {
        assertThat(names(health(Status.UP), sample(), sent(1_000, Outcome.UNKNOWN, 1)))
                .containsExactly("OutcomeUnknown");
    }

    @Test
    void a_parked_message_fires_with_its_reason() {
        Totals parked = new Totals(0, Map.of(), Map.of("bad_json", 2.0, "unknown_type", 0.0), Map.of());

        assertThat(conditions(health(Status.UP), sample(), parked))
                .extracting(Condition::name, Condition::subject, Condition::severity)
                .containsExactly(tuple("MessagesParked", "bad_json", Severity.TICKET));
    }

    @Test
    void nothing_sent_while_requests_come_in_fires() {
        Totals onlyAccepted = new Totals(10, Map.of(), Map.of(), Map.of());

        assertThat(names(health(Status.UP), sample(line("instant", 3, 61)), onlyAccepted))
                .contains("NothingIsSent");
        assertThat(names(health(Status.UP), sample(line("instant", 3, 1)), onlyAccepted))
                .isEmpty();
    }

    @Test
    void what_is_behind_fires() {
        Sample behind = new Sample(
                NOW,
                List.of(),
                List.of(
                        new ProjectionLag("views", Duration.ofSeconds(31)),
                        new ProjectionLag("other", Duration.ofSeconds(29))),
                Duration.ofSeconds(11),
                null);

        assertThat(names(health(Status.UP), behind, Totals.NONE))
                .containsExactlyInAnyOrder("StandbyBehind", "ProjectionBehind");
    }

    @Test
    void a_ledger_that_does_not_balance_fires_once_for_all_of_it() {
        Sample unbalanced = new Sample(NOW, List.of(), List.of(), null, List.of(sheet(3), sheet(1), sheet(2)));

        assertThat(unbalanced.imbalance()).isEqualTo(3);
        assertThat(conditions(health(Status.UP), unbalanced, Totals.NONE))
                .extracting(Condition::name, Condition::summary)
                .containsExactly(tuple(
                        "LedgerImbalance",
                        "The ledger doesn't balance by 3; of shop, the hour from 2026-03-01T12:00:00Z: waiting in the"
                                + " queue should be 3 and is 1"));
    }

    @Test
    void a_ledger_that_balances_or_is_not_known_is_silent() {
        Sample balanced = new Sample(NOW, List.of(), List.of(), null, List.of(sheet(3)));

        assertThat(balanced.imbalance()).isZero();
        assertThat(names(health(Status.UP), balanced, Totals.NONE)).isEmpty();
        assertThat(sample().imbalance()).isNaN();
    }

    /** Of three that wait. */
    private static Sheet sheet(long queued) {
        Tally waiting = new Tally(3, Map.of(), 3);
        return new Sheet(new ServiceId("shop"), NOW, waiting, 0, waiting, waiting, queued);
    }

    @Test
    void an_alert_says_since_when_and_what_presses_most_comes_first() {
        Alerts alerts = new Alerts();
        Condition ticket = new Condition("MessagesWait", "email/low", Severity.TICKET, "", "");
        Condition page = new Condition("BrokerDown", "", Severity.PAGE, "", "");

        alerts.update(NOW, List.of(ticket));
        assertThat(alerts.firing()).as("seen once").isEmpty();
        alerts.update(NOW.plusSeconds(5), List.of(ticket, page));
        alerts.update(NOW.plusSeconds(10), List.of(ticket, page));

        assertThat(alerts.firing())
                .extracting(Alert::name, Alert::since)
                .containsExactly(tuple("BrokerDown", NOW.plusSeconds(5)), tuple("MessagesWait", NOW));
        alerts.update(NOW.plusSeconds(15), List.of());
        assertThat(alerts.firing()).isEmpty();
    }

    @Test
    void every_alert_is_explained_to_those_who_get_it() throws IOException {
        String docs = Files.readString(Path.of("docs/operations.md"));
        Sample everything = new Sample(
                NOW,
                List.of(line("instant", 1, 99_999), line("low", 1, 99_999)),
                List.of(new ProjectionLag("views", Duration.ofDays(1))),
                Duration.ofDays(1),
                List.of(sheet(1)));
        Totals bad = new Totals(
                9,
                Map.of(
                        new Totals.Tally("smtp", Outcome.FAILED), 99.0,
                        new Totals.Tally("smtp", Outcome.RETRYING), 99.0,
                        new Totals.Tally("smtp", Outcome.UNKNOWN), 99.0),
                Map.of("bad_json", 1.0),
                Map.of());

        List<Condition> all = conditions(health(Status.DOWN), everything, bad);

        assertThat(all).hasSizeGreaterThanOrEqualTo(14).allSatisfy(condition -> {
            assertThat(docs).contains("`" + condition.name() + "`");
            assertThat(condition.summary()).isNotBlank();
            assertThat(condition.action()).isNotBlank();
        });
    }

    private List<String> names(HealthReport health, Sample sample, Totals lately) {
        return conditions(health, sample, lately).stream().map(Condition::name).toList();
    }

    private List<Condition> conditions(HealthReport health, Sample sample, Totals lately) {
        History history = new History(Duration.ofMinutes(15), NOW.minusSeconds(60));
        history.add(NOW, lately);
        return rules.check(health, sample, history);
    }

    private static HealthReport health(Status status) {
        PartHealth part = new PartHealth(status, "so it is", 1);
        return HealthReport.of(
                "here",
                NOW,
                Map.of(
                        Parts.PRIMARY,
                        part,
                        Parts.STANDBY,
                        part,
                        Parts.BROKER,
                        part,
                        Parts.MAIL,
                        part,
                        Parts.INTAKE,
                        part));
    }

    private static Sample sample(LaneDepth... lines) {
        return new Sample(NOW, List.of(lines), List.of(), null, null);
    }

    private static LaneDepth line(String lane, long waiting, long seconds) {
        return new LaneDepth("email", lane, waiting, Duration.ofSeconds(seconds));
    }

    private static Totals sent(double sent, Outcome other, double count) {
        return new Totals(
                sent + count,
                Map.of(new Totals.Tally("smtp", Outcome.SENT), sent, new Totals.Tally("smtp", other), count),
                Map.of(),
                Map.of());
    }
}
