package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.testing.PrivatePostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresRecipientLimitsTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final NotificationType TIP = new NotificationType("tip");
    private static final RecipientLimit TWO_A_DAY = new RecipientLimit(2, Duration.ofHours(24));
    private static final Reach ADA = new Reach(Channel.EMAIL, new EmailAddress("ada@example.org"));

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final PostgresRecipientLimits limits = new PostgresRecipientLimits(jdbc);

    @AfterEach
    void forgetEverything() {
        jdbc.update("delete from recipient_limit");
    }

    @Test
    void there_is_room_again_as_the_oldest_falls_out_of_the_window() {
        assertThat(limits.take(ADA, TIP, TWO_A_DAY, NOON)).isTrue();
        assertThat(limits.take(ADA, TIP, TWO_A_DAY, NOON.plusSeconds(3_600))).isTrue();
        assertThat(limits.take(ADA, TIP, TWO_A_DAY, NOON.plusSeconds(7_200))).isFalse();

        assertThat(limits.take(ADA, TIP, TWO_A_DAY, NOON.plus(Duration.ofHours(24))))
                .isTrue();
        assertThat(limits.take(
                        ADA, TIP, TWO_A_DAY, NOON.plus(Duration.ofHours(24)).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void each_address_and_each_type_is_counted_for_itself() {
        RecipientLimit one = new RecipientLimit(1, Duration.ofHours(1));
        Reach grace = new Reach(Channel.EMAIL, new EmailAddress("grace@example.org"));

        assertThat(limits.take(ADA, TIP, one, NOON)).isTrue();
        assertThat(limits.take(grace, TIP, one, NOON)).isTrue();
        assertThat(limits.take(ADA, new NotificationType("offer"), one, NOON)).isTrue();
        assertThat(limits.take(ADA, TIP, one, NOON)).isFalse();
    }

    @Test
    void those_who_take_at_the_same_time_get_no_more_either() {
        long taken = IntStream.range(0, 20)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> limits.take(ADA, TIP, TWO_A_DAY, NOON),
                        command -> Thread.ofVirtual().start(command)))
                .toList()
                .stream()
                .filter(CompletableFuture::join)
                .count();

        assertThat(taken).isEqualTo(2);
    }

    @Test
    void whoever_got_nothing_for_long_is_forgotten() {
        limits.take(ADA, TIP, TWO_A_DAY, NOON);

        assertThat(limits.forget(NOON, 10)).isZero();
        assertThat(limits.forget(NOON.plusSeconds(1), 10)).isEqualTo(1);
    }
}
