package dev.tidings.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.Handover.Made;
import dev.tidings.application.delivery.Handover.NotYet;
import dev.tidings.application.doubles.Drafts;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.doubles.SimpleBreaker;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.Detour;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Failure BUSY = new Failure("503", "busy");
    private static final Failure REFUSED = new Failure("401", "who are you");
    private static final Duration LONG = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock();
    private final ScriptedProvider first = provider("first");
    private final ScriptedProvider second = provider("second");
    private final ScriptedProvider sandbox = new ScriptedProvider(Channel.SMS, new ProviderName("sandbox"), 64, true);
    private final AtomicInteger left = new AtomicInteger();
    private boolean dayUsedUp;

    @Test
    void the_first_one_gets_it_while_it_can_have_it() {
        Made made = made(routes(), message(null));

        assertThat(made.provider()).isEqualTo(first.name());
        assertThat(made.outcome()).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(made.detours()).isEmpty();
        assertThat(second.received()).isEmpty();
    }

    @Test
    void what_one_cannot_take_now_goes_to_the_next_in_the_same_attempt_with_the_evidence() {
        first.answer(new SendOutcome.FailedForNow(BUSY, Duration.ZERO));

        Made made = made(routes(), message(null));

        assertThat(made.provider()).isEqualTo(second.name());
        assertThat(made.outcome()).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(made.detours()).containsExactly(new Detour(first.name(), BUSY, clock.instant()));
    }

    @Test
    void what_may_have_arrived_never_goes_to_another() {
        first.answer(new SendOutcome.Unknown(BUSY));

        Made made = made(routes(), message(null));

        assertThat(made.outcome()).isEqualTo(new SendOutcome.Unknown(BUSY));
        assertThat(second.received()).isEmpty();
    }

    @Test
    void what_will_never_work_is_not_tried_elsewhere() {
        first.answer(new SendOutcome.FailedForGood(BUSY));

        assertThat(made(routes(), message(null)).outcome()).isEqualTo(new SendOutcome.FailedForGood(BUSY));
        assertThat(second.received()).isEmpty();
    }

    @Test
    void when_all_fail_it_is_tried_again_if_any_may_take_it_then() {
        first.answer(new SendOutcome.FailedForNow(BUSY, Duration.ofSeconds(7)));
        second.answer(new SendOutcome.Unsuitable(REFUSED));

        Made made = made(routes(), message(null));

        assertThat(made.provider()).isEqualTo(first.name());
        assertThat(made.outcome()).isEqualTo(new SendOutcome.FailedForNow(BUSY, Duration.ofSeconds(7)));
        assertThat(made.detours()).extracting(Detour::provider).containsExactly(second.name());
    }

    @Test
    void one_that_is_down_is_left_alone_for_a_while_then_tried_with_one_message() {
        Routes routes = routes();
        first.answer(new SendOutcome.ProviderDown(REFUSED));
        assertThat(made(routes, message(null)).provider()).isEqualTo(second.name());

        Made around = made(routes, message(null));
        assertThat(around.provider()).isEqualTo(second.name());
        assertThat(around.detours())
                .extracting(detour -> detour.failure().code())
                .containsExactly("circuit_open");
        assertThat(first.received()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(made(routes, message(null)).provider()).isEqualTo(first.name());
        assertThat(routes.all().getFirst().circuit()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void while_all_are_left_alone_nothing_is_asked_for_but_the_next_try() {
        Routes routes = routes();
        first.answer(new SendOutcome.ProviderDown(REFUSED));
        second.answer(new SendOutcome.ProviderDown(REFUSED, Duration.ofSeconds(5)));

        Made made = made(routes, message(null));

        assertThat(made.outcome()).isInstanceOf(SendOutcome.ProviderDown.class);
        assertThat(routes.areClosed()).isTrue();
        assertThat(routes.rest(LONG)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(routes.rest(LONG)).isZero();
    }

    @Test
    void a_message_for_one_provider_alone_waits_for_it() {
        Routes routes = routes();
        first.answer(new SendOutcome.ProviderDown(REFUSED));

        Made made = made(routes, message(first.name()));

        assertThat(made.outcome()).isEqualTo(new SendOutcome.ProviderDown(REFUSED));
        assertThat(second.received()).isEmpty();
        assertThat(made(routes, message(first.name())).outcome())
                .isEqualTo(new SendOutcome.ProviderDown(
                        new Failure("circuit_open", "has failed too often, and is left alone for a while"),
                        Duration.ofSeconds(1)));
    }

    @Test
    void one_that_is_drained_gets_only_what_is_meant_for_it_alone() {
        Routes routes = routes();
        routes.all().getFirst().follow(policy(0, Mode.DRAINING, 0, 0));

        assertThat(made(routes, message(null)).provider()).isEqualTo(second.name());
        assertThat(made(routes, message(first.name())).provider()).isEqualTo(first.name());
    }

    @Test
    void one_that_is_switched_off_gets_nothing() {
        Routes routes = routes();
        routes.all().getFirst().follow(policy(0, Mode.INACTIVE, 0, 0));

        assertThat(made(routes, message(null)).provider()).isEqualTo(second.name());
        assertThat(made(routes, message(first.name())).outcome()).isInstanceOf(SendOutcome.ProviderDown.class);
        assertThat(first.received()).isEmpty();
    }

    @Test
    void what_is_over_the_limit_of_one_goes_to_the_next() {
        Routes routes = routes();
        routes.all().getFirst().follow(policy(0, Mode.ACTIVE, 10, 0));
        left.set(2);

        assertThat(made(routes, message(null)).provider()).isEqualTo(first.name());
        assertThat(made(routes, message(null)).provider()).isEqualTo(first.name());
        assertThat(made(routes, message(null)).provider()).isEqualTo(second.name());
    }

    @Test
    void when_the_limit_of_all_is_used_up_it_waits_for_the_next_second() {
        Routes routes = routes();
        routes.all().forEach(route -> route.follow(policy(0, Mode.ACTIVE, 10, 0)));
        clock.advance(Duration.ofMillis(300));

        assertThat(routes.send(message(null))).isEqualTo(new NotYet(Duration.ofMillis(700)));
        left.set(1);
        clock.advance(Duration.ofMillis(700));
        assertThat(made(routes, message(null)).outcome()).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void when_the_day_is_used_up_it_waits_for_the_next_day() {
        Routes routes = routes();
        routes.all().forEach(route -> route.follow(policy(0, Mode.ACTIVE, 0, 10)));
        dayUsedUp = true;

        Made made = made(routes, message(null));

        Duration untilMidnight = Duration.between(clock.instant(), Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(made.outcome())
                .isEqualTo(new SendOutcome.ProviderDown(
                        new Failure("limit", "has got as many today as it may"), untilMidnight));
        assertThat(routes.rest(Duration.ofDays(2))).isEqualTo(untilMidnight);
        assertThat(routes.areClosed()).isTrue();
    }

    @Test
    void a_provider_sends_to_its_countries_only() {
        Routes routes = routes();
        routes.all().getFirst().follow(new ProviderPolicy(0, 100, Mode.ACTIVE, 0, 0, Set.of("IN")));

        assertThat(made(routes, messageTo("+4930123456", null)).provider()).isEqualTo(second.name());
        assertThat(made(routes, messageTo("+919812345678", null)).provider()).isEqualTo(first.name());
    }

    @Test
    void whom_nobody_reaches_is_never_sent_to() {
        Routes routes = routes();
        routes.all().forEach(route -> route.follow(new ProviderPolicy(0, 100, Mode.ACTIVE, 0, 0, Set.of("IN"))));

        Made made = made(routes, messageTo("+4930123456", null));

        assertThat(made.provider()).isNull();
        assertThat(made.outcome()).isInstanceOf(SendOutcome.Unsuitable.class);
    }

    @Test
    void simulated_recipients_are_never_given_to_a_real_provider_nor_real_ones_to_the_sandbox() {
        Routes routes = routes(first, second, sandbox);

        assertThat(made(routes, messageTo("+12025550100", null)).provider()).isEqualTo(sandbox.name());
        first.answer(new SendOutcome.FailedForNow(BUSY, Duration.ZERO));
        second.answer(new SendOutcome.FailedForNow(BUSY, Duration.ZERO));
        assertThat(made(routes, messageTo("+4930123456", null)).outcome()).isInstanceOf(SendOutcome.FailedForNow.class);
        assertThat(sandbox.received()).hasSize(1);
        assertThat(routes.reachNobody()).isFalse();
    }

    @Test
    void there_are_as_many_lines_as_those_who_are_used_side_by_side_have_places() {
        assertThat(routes(first, second).concurrency()).isEqualTo(4);
        assertThat(routes(first, sandbox).concurrency()).isEqualTo(4);
        Routes sideBySide = routes(first, second);
        sideBySide.all().forEach(route -> route.follow(policy(0, Mode.ACTIVE, 0, 0)));
        assertThat(sideBySide.concurrency()).isEqualTo(8);
    }

    @Test
    void where_there_is_only_a_sandbox_it_takes_everything_and_says_so() {
        Routes routes = routes(sandbox);

        assertThat(made(routes, messageTo("+4930123456", null)).provider()).isEqualTo(sandbox.name());
        assertThat(routes.reachNobody()).isTrue();
    }

    @Test
    void a_provider_that_breaks_its_contract_leaves_an_unknown_outcome() {
        first.answerAll(message -> {
            throw new IllegalStateException();
        });

        assertThat(made(routes(), message(null)).outcome())
                .isEqualTo(new SendOutcome.Unknown(new Failure("internal", "IllegalStateException")));
    }

    private Routes routes() {
        return routes(first, second);
    }

    private Routes routes(ScriptedProvider... providers) {
        AtomicInteger priority = new AtomicInteger();
        return new Routes(
                Channel.SMS,
                List.of(providers).stream()
                        .map(provider -> new Route(
                                provider,
                                policy(priority.incrementAndGet(), Mode.ACTIVE, 0, 0),
                                new SimpleBreaker(clock),
                                this::taken))
                        .toList(),
                this::country,
                new Random(1),
                clock);
    }

    private ProviderUsage.Taken taken(
            ProviderName provider, ProviderPolicy limits, int wanted, int unused, Instant now) {
        int granted = Math.min(wanted, left.get());
        left.addAndGet(-granted);
        return new ProviderUsage.Taken(granted, dayUsedUp);
    }

    private Optional<String> country(Address address) {
        return Map.of("+49", "DE", "+91", "IN").entrySet().stream()
                .filter(code -> address.value().startsWith(code.getKey()))
                .map(Map.Entry::getValue)
                .findAny();
    }

    private static ProviderPolicy policy(int priority, Mode mode, int perSecond, long perDay) {
        return new ProviderPolicy(priority, 100, mode, perSecond, perDay, Set.of());
    }

    private static ScriptedProvider provider(String name) {
        return new ScriptedProvider(Channel.SMS, new ProviderName(name), 4);
    }

    private static Made made(Routes routes, OutgoingMessage message) {
        return (Made) routes.send(message);
    }

    private static OutgoingMessage message(@Nullable ProviderName only) {
        return messageTo("+4930123456", only);
    }

    private static OutgoingMessage messageTo(String number, @Nullable ProviderName only) {
        return new OutgoingMessage(
                NotificationId.at(1, 2, 3),
                1,
                Lane.NORMAL,
                Drafts.CONTEXT,
                new PhoneNumber(number),
                null,
                new Message("", "Hello", null),
                only,
                OutgoingMessage.LastLook.NOTHING);
    }
}
