package dev.tidings.application.parking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.InMemoryParkedMessages;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.parking.ReviewParked.Listing;
import dev.tidings.application.parking.ReviewParked.Redrive;
import dev.tidings.application.parking.ReviewParked.Redriven;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewParkedTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final InMemoryParkedMessages messages = new InMemoryParkedMessages();
    private final ReviewParked review = new ReviewParked(messages, clock, clock::advance);

    @Test
    void all_that_match_are_counted_and_the_oldest_shown() {
        messages.park("a", "invalid_fields", NOON);
        messages.park("b", "not_stored", NOON);
        messages.park("c", "invalid_fields", NOON.plusSeconds(1));

        Listing listing = review.list(ParkedFilter.ALL, 2);
        assertThat(listing.items()).extracting(ParkedMessage::id).containsExactly("a", "b");
        assertThat(listing.matched()).isEqualTo(3);
        assertThat(listing.byReason()).containsEntry("invalid_fields", 2).containsEntry("not_stored", 1);
        assertThat(listing.all()).isTrue();
        assertThat(messages.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void a_filter_excludes_what_has_another_reason_type_service_queue_or_time() {
        messages.park("a", "not_stored", NOON);
        assertThat(matched("not_stored", "UserRegistered", "users", "general_queue", NOON, NOON.plusSeconds(1)))
                .isOne();
        assertThat(matched("too_large", null, null, null, null, null)).isZero();
        assertThat(matched(null, "UserWelcomeRequested", null, null, null, null))
                .isZero();
        assertThat(matched(null, null, "orders", null, null, null)).isZero();
        assertThat(matched(null, null, null, "notifications.queue", null, null)).isZero();
        assertThat(matched(null, null, null, null, NOON.plusMillis(1), null)).isZero();
        assertThat(matched(null, null, null, null, null, NOON)).isZero();
    }

    private int matched(
            @Nullable String reason,
            @Nullable String type,
            @Nullable String service,
            @Nullable String queue,
            @Nullable Instant from,
            @Nullable Instant to) {
        return review.list(new ParkedFilter(Set.of(), reason, type, service, queue, from, to), 10)
                .matched();
    }

    @Test
    void a_dry_run_counts_and_moves_nothing() {
        messages.park("a", "not_stored", NOON);
        messages.park("b", "invalid_fields", NOON);

        Redriven dry = review.redrive(new Redrive(ParkedFilter.ALL, 10, 100, true, "ops"));
        assertThat(dry.matched()).isEqualTo(2);
        assertThat(dry.redriven()).isZero();
        assertThat(messages.ids()).containsExactly("a", "b");
    }

    @Test
    void what_is_meant_goes_back_the_rest_stays() {
        messages.park("a", "not_stored", NOON);
        messages.park("b", "invalid_fields", NOON);
        messages.park("c", "not_stored", NOON);
        ParkedFilter notStored = new ParkedFilter(Set.of(), "not_stored", null, null, null, null, null);

        Redriven redriven = review.redrive(new Redrive(notStored, 10, 100, false, "ops"));
        assertThat(redriven.redriven()).isEqualTo(2);
        assertThat(redriven.byReason()).containsOnlyKeys("not_stored");
        assertThat(messages.redriven()).containsExactly("a by ops", "c by ops");
        assertThat(messages.ids()).containsExactly("b");
    }

    @Test
    void no_more_than_the_limit_go_back() {
        IntStream.range(0, 5).forEach(i -> messages.park("m-" + i, "not_stored", NOON));
        assertThat(review.redrive(new Redrive(ParkedFilter.ALL, 2, 100, false, "ops"))
                        .matched())
                .isEqualTo(2);
        assertThat(messages.ids()).containsExactly("m-2", "m-3", "m-4");
    }

    @Test
    void they_go_back_as_fast_as_is_asked_for() {
        IntStream.range(0, 11).forEach(i -> messages.park("m-" + i, "not_stored", NOON));
        Instant before = clock.instant();
        review.redrive(new Redrive(ParkedFilter.ALL, 100, 5, false, "ops"));
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void what_does_not_say_where_it_came_from_stays_and_is_counted_apart() {
        messages.park("a", "unknown", null, NOON);
        Redriven redriven = review.redrive(new Redrive(ParkedFilter.ALL, 10, 100, false, "ops"));
        assertThat(redriven.withoutOrigin()).isOne();
        assertThat(redriven.matched()).isZero();
        assertThat(messages.ids()).containsExactly("a");
    }

    @Test
    void one_is_found_or_deleted_by_its_id() {
        messages.park("a", "not_stored", NOON);
        messages.park("b", "not_stored", NOON);
        assertThat(review.find("b")).hasValueSatisfying(found -> {
            assertThat(found.message().id()).isEqualTo("b");
            assertThat(found.body()).asString().isEqualTo("{}");
        });
        assertThat(review.find("c")).isEmpty();
        assertThat(review.delete("a")).isTrue();
        assertThat(review.delete("a")).isFalse();
        assertThat(messages.ids()).containsExactly("b");
    }
}
