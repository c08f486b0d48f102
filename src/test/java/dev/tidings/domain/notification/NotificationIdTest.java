package dev.tidings.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class NotificationIdTest {

    private static final long LAST_MILLI = (1L << 48) - 1;

    @Property
    void an_id_is_laid_out_as_a_version_7_uuid(
            @ForAll @LongRange(min = 0, max = LAST_MILLI) long millis, @ForAll long order, @ForAll long random) {
        UUID uuid = NotificationId.at(millis, order, random).value();

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
        assertThat(uuid.getMostSignificantBits() & 0xFFF).isEqualTo(order & 0xFFF);
        assertThat(uuid.getLeastSignificantBits() << 2).isEqualTo(random << 2);
    }

    @Property
    void ids_sort_by_the_time_of_their_creation(
            @ForAll @LongRange(min = 0, max = LAST_MILLI - 1) long millis,
            @ForAll @LongRange(min = 1, max = LAST_MILLI) long later,
            @ForAll long order,
            @ForAll long random) {
        NotificationId first = NotificationId.at(millis, order, random);
        NotificationId second = NotificationId.at(Math.min(millis + later, LAST_MILLI), random, order);

        assertThat(first).isLessThan(second);
        assertThat(second).isGreaterThan(first);
    }

    @Property
    void ids_sort_as_their_text_does(
            @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        NotificationId one = new NotificationId(new UUID(high, low));
        NotificationId other = new NotificationId(new UUID(otherHigh, otherLow));
        NotificationId sibling = new NotificationId(new UUID(high, otherLow));

        Comparator<NotificationId> byText = Comparator.comparing(NotificationId::toString);
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Integer.signum(byText.compare(one, other)));
        assertThat(Integer.signum(one.compareTo(sibling))).isEqualTo(Integer.signum(byText.compare(one, sibling)));
        assertThat(one).isEqualByComparingTo(new NotificationId(new UUID(high, low)));
    }

    @Property
    void an_id_is_read_back_from_its_text(@ForAll long high, @ForAll long low) {
        NotificationId id = new NotificationId(new UUID(high, low));

        assertThat(NotificationId.of(id.toString())).isEqualTo(id);
        assertThat(NotificationId.of(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(id);
    }

    @Example
    void what_is_no_uuid_is_refused() {
        for (String text : new String[] {
            "",
            "42",
            "not-a-uuid",
            "1-1-1-1-1",
            "019cb2a0000070008000000000000001",
            "019cb2a0-0000-7000-8000-0000000000012",
            " 019cb2a0-0000-7000-8000-000000000001"
        }) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> NotificationId.of(text))
                    .withMessage("must be a UUID");
        }
    }
}
