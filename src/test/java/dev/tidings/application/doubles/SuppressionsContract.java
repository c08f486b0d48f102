package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.application.suppression.Suppressions;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the suppression list whatever keeps its rows. */
public abstract class SuppressionsContract {

    private static final Instant NOW = SettableClock.START;
    private static final Reach ADA = reach(Channel.EMAIL, "ada@example.org");

    protected abstract Suppressions suppressions();

    protected abstract void inOneCommit(Runnable work);

    private static Reach reach(Channel channel, String address) {
        return new Reach(channel, Address.of(channel, address));
    }

    private static Suppressed suppressed(Reach reach, SuppressionReason reason) {
        return new Suppressed(reach, new Suppression(reason, "smtp", NOW));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_added_is_found_as_it_was(SuppressionReason reason) {
        Suppressed ada = suppressed(ADA, reason);

        suppressions().add(List.of(ada));

        assertThat(suppressions().find(List.of(ADA, reach(Channel.EMAIL, "grace@example.org"))))
                .containsOnly(Map.entry(ADA, ada.suppression()));
        assertThat(suppressions().find(List.of())).isEmpty();
    }

    @Test
    void one_address_of_two_channels_is_two() {
        suppressions().add(List.of(suppressed(reach(Channel.SMS, "+4930123456"), SuppressionReason.OPTED_OUT)));

        assertThat(suppressions().find(List.of(reach(Channel.WHATSAPP, "+4930123456"))))
                .isEmpty();
    }

    @Test
    void who_is_on_the_list_stays_unless_the_new_reason_stops_everything_and_the_old_one_does_not() {
        for (SuppressionReason old : SuppressionReason.values()) {
            for (SuppressionReason now : SuppressionReason.values()) {
                Reach reach = reach(Channel.PUSH, old + "-" + now);
                suppressions().add(List.of(suppressed(reach, old)));
                suppressions().add(List.of(suppressed(reach, now)));
                assertThat(reasonOf(reach)).isEqualTo(!old.stopsEverything() && now.stopsEverything() ? now : old);
            }
        }
    }

    @Test
    void of_two_reasons_that_come_together_the_graver_holds() {
        suppressions()
                .add(List.of(
                        suppressed(ADA, SuppressionReason.COMPLAINED),
                        suppressed(ADA, SuppressionReason.BOUNCED),
                        suppressed(ADA, SuppressionReason.UNSUBSCRIBED)));

        assertThat(reasonOf(ADA)).isEqualTo(SuppressionReason.BOUNCED);
    }

    private SuppressionReason reasonOf(Reach reach) {
        return Objects.requireNonNull(suppressions().find(List.of(reach)).get(reach))
                .reason();
    }

    @Test
    void what_is_removed_is_gone_and_told() {
        Suppressed ada = suppressed(ADA, SuppressionReason.BOUNCED);
        suppressions().add(List.of(ada));

        assertThat(suppressions().remove(ADA)).contains(ada.suppression());
        assertThat(suppressions().remove(ADA)).isEmpty();
        assertThat(suppressions().find(List.of(ADA))).isEmpty();
    }

    @Test
    void what_is_removed_for_a_reason_is_gone_only_if_it_was_there_for_that() {
        suppressions().add(List.of(suppressed(ADA, SuppressionReason.BOUNCED)));

        assertThat(suppressions().remove(ADA, SuppressionReason.GONE)).isFalse();
        assertThat(suppressions().remove(ADA, SuppressionReason.BOUNCED)).isTrue();
        assertThat(suppressions().remove(ADA, SuppressionReason.BOUNCED)).isFalse();
    }

    @Test
    void the_list_is_read_in_pages_that_miss_nothing_and_repeat_nothing() {
        List<Suppressed> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(suppressed(reach(Channel.EMAIL, "user" + i + "@example.org"), SuppressionReason.BOUNCED));
            all.add(suppressed(reach(Channel.SMS, "+493012345" + i), SuppressionReason.OPTED_OUT));
            all.add(suppressed(reach(Channel.PUSH, "device" + i), SuppressionReason.GONE));
        }
        suppressions().add(all);

        List<Suppressed> seen = new ArrayList<>();
        List<Suppressed> page = suppressions().list(null, null, null, 4);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(4);
            seen.addAll(page);
            page = suppressions().list(null, null, page.getLast().reach(), 4);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        assertThat(suppressions().list(Channel.SMS, null, null, 200))
                .hasSize(7)
                .extracting(Suppressed::reach)
                .isSortedAccordingTo((one, other) ->
                        one.address().value().compareTo(other.address().value()));
        assertThat(suppressions().list(null, SuppressionReason.GONE, null, 200)).hasSize(7);
        assertThat(suppressions().list(Channel.SMS, SuppressionReason.GONE, null, 200))
                .isEmpty();
        assertThat(suppressions().list(Channel.SMS, null, reach(Channel.SMS, "+4930123454"), 200))
                .hasSize(2);
    }

    @Test
    void nothing_is_added_when_the_transaction_fails() {
        assertThatThrownBy(() -> inOneCommit(() -> {
                    suppressions().add(List.of(suppressed(ADA, SuppressionReason.BOUNCED)));
                    throw new IllegalStateException("after all");
                }))
                .hasMessage("after all");

        assertThat(suppressions().find(List.of(ADA))).isEmpty();
    }
}
