package dev.tidings.application.acceptance;

import static dev.tidings.application.doubles.Drafts.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.doubles.Outage;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.TidingsInMemory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final SettableClock clock = new SettableClock();
    private final Intake intake = new Intake(1_000, clock);

    @Test
    void what_comes_is_taken_in() {
        intake.check();
        assertThat(intake.paused()).isEmpty();
    }

    @Test
    void as_many_as_may_wait_do() {
        intake.seen(1_000);
        assertThat(intake.paused()).isEmpty();
    }

    @Test
    void when_too_many_wait_it_pauses_until_a_tenth_less_do() {
        intake.seen(1_001);
        assertThat(intake.paused()).hasValue("1001 wait for delivery, and 1000 may");
        intake.seen(901);
        assertThat(intake.paused()).isPresent();
        intake.seen(900);
        assertThat(intake.paused()).isEmpty();
        intake.seen(901);
        assertThat(intake.paused()).isEmpty();
    }

    @Test
    void whoever_asks_while_it_pauses_is_told_when_to_ask_again() {
        intake.ranOutOfSpace();
        clock.advance(Duration.ofSeconds(4));
        assertThatExceptionOfType(IntakePaused.class)
                .isThrownBy(intake::check)
                .withMessage("the database has no space left")
                .satisfies(paused -> assertThat(paused.retryAfter()).isEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    void without_space_it_lets_a_try_through_now_and_then_and_the_first_that_works_ends_it() {
        intake.ranOutOfSpace();
        clock.advance(Intake.BETWEEN_TRIES);
        intake.check();
        intake.ranOutOfSpace();
        assertThat(intake.paused()).isPresent();
        intake.tookIn();
        intake.check();
    }

    @Test
    void nobody_may_wait_is_no_bound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Intake(0, clock));
    }

    @Test
    void a_database_that_is_full_pauses_the_intake_and_one_that_has_room_again_ends_the_pause() {
        try (TidingsInMemory tidings = new TidingsInMemory()) {
            tidings.transactions.failNextCommit(Outage.forWantOfSpace());
            assertThatThrownBy(() -> tidings.accept.accept(welcome("ada")).join())
                    .hasRootCauseInstanceOf(Outage.class);
            assertThatExceptionOfType(IntakePaused.class).isThrownBy(() -> tidings.accept.accept(welcome("ada")));

            tidings.clock.advance(Intake.BETWEEN_TRIES);
            tidings.accept.accept(welcome("ada")).join();
            assertThat(tidings.intake.paused()).isEmpty();
        }
    }

    @Test
    void another_outage_pauses_nothing() {
        try (TidingsInMemory tidings = new TidingsInMemory()) {
            tidings.transactions.failNextCommit(new Outage());
            assertThatThrownBy(() -> tidings.accept.accept(welcome("ada")).join())
                    .hasRootCauseInstanceOf(Outage.class);
            assertThat(tidings.intake.paused()).isEmpty();
        }
    }
}
