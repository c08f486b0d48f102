package dev.tidings.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.chaos.Books.Story;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever looks for losses has to find them. */
class ReckoningTest {

    private static final Set<String> ASKED_FOR = Set.of("ada");
    private static final Map<String, List<String>> NO_MAIL = Map.of();
    private static final Map<String, List<String>> ONE_MAIL = Map.of("ada@example.org", List.of("<1>"));
    private static final Map<String, List<String>> TWO_MAILS = Map.of("ada@example.org", List.of("<1>", "<1>"));

    @Test
    void what_was_sent_and_taken_once_is_neither_lost_nor_doubled() {
        Books books = books(story("requested", "sent"));

        assertThat(Reckoning.lost(ASKED_FOR, books, ONE_MAIL)).isEmpty();
        assertThat(Reckoning.doubled(ONE_MAIL)).isEmpty();
    }

    @Test
    void what_the_log_does_not_know_is_lost() {
        assertThat(Reckoning.lost(ASKED_FOR, books(), NO_MAIL)).containsExactly("ada");
    }

    @Test
    void what_is_said_to_be_sent_and_was_never_taken_is_lost() {
        assertThat(Reckoning.lost(ASKED_FOR, books(story("requested", "sent")), NO_MAIL))
                .containsExactly("ada");
    }

    @Test
    void what_has_not_ended_and_is_not_in_the_queue_is_lost() {
        Story open = story("requested", "attempt-started");

        assertThat(Reckoning.lost(ASKED_FOR, books(open), NO_MAIL)).containsExactly("ada");
        assertThat(Reckoning.lost(ASKED_FOR, books(Set.of(open.id()), open), NO_MAIL))
                .isEmpty();
    }

    @Test
    void what_was_suppressed_needs_no_mail() {
        assertThat(Reckoning.lost(ASKED_FOR, books(story("requested", "suppressed")), NO_MAIL))
                .isEmpty();
    }

    @Test
    void a_double_is_listed_if_its_timeline_says_that_the_outcome_was_unknown() {
        List<String> doubled = Reckoning.doubled(TWO_MAILS);

        assertThat(doubled).containsExactly("ada");
        assertThat(Reckoning.notListed(doubled, books(story("requested", "sent"))))
                .containsExactly("ada");
        assertThat(Reckoning.notListed(doubled, books(story("requested", "attempt-outcome-unknown", "sent"))))
                .isEmpty();
    }

    @Test
    void one_request_that_became_two_notifications_is_not_listed() {
        Story one = story("requested", "attempt-outcome-unknown", "sent");
        Story other = new Story("2", one.events());

        assertThat(Reckoning.notListed(Reckoning.doubled(TWO_MAILS), books(one, other)))
                .containsExactly("ada");
    }

    @Test
    void a_view_that_lacks_a_row_or_shows_another_status_is_behind() {
        assertThat(ledgerOfOneSent(Map.of("sent", 1)).behind()).isZero();
        assertThat(ledgerOfOneSent(Map.of()).behind()).isPositive();
        assertThat(ledgerOfOneSent(Map.of("retrying", 1)).behind()).isPositive();
    }

    private static Result.Ledger ledgerOfOneSent(Map<String, Integer> viewed) {
        return Reckoning.ledger(
                new Books(Map.of("ada", List.of(story("requested", "sent"))), Set.of(), Set.of(), viewed, 0, 0));
    }

    private static Story story(String... events) {
        return new Story(
                "1", Arrays.stream(events).map(event -> "notification." + event).collect(Collectors.toSet()));
    }

    private static Books books(Story... stories) {
        return books(Set.of(), stories);
    }

    private static Books books(Set<String> due, Story... stories) {
        return new Books(
                stories.length == 0 ? Map.of() : Map.of("ada", List.of(stories)), due, Set.of(), Map.of(), 0, 0);
    }
}
