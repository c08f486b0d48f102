package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.acceptance.Fingerprint;
import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.application.acceptance.SourceMessages.Known;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import dev.tidings.testing.PrivatePostgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a commit claims is found by the next one: alike for a few, which are inserted, and for many, which are copied. */
class ClaimsTest {

    private static final int FEW = 3;
    private static final int MANY = 40;
    private static final DataSource DATABASE = PrivatePostgres.migrated();
    private static final ServiceId SHOP = new ServiceId("shop");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final PostgresSourceMessages sources = new PostgresSourceMessages(jdbc);
    private final PostgresRecentMessages recent = new PostgresRecentMessages(jdbc);
    private final PostgresRecipients recipients = new PostgresRecipients(jdbc);

    @BeforeEach
    void forgetEverything() {
        jdbc.update("truncate source_message, recent_message, recipient");
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void a_message_of_a_service_is_claimed_once(int messages) {
        List<SourceMessages.Claim> first = sourceClaims(0, messages);
        assertThat(inOne(() -> sources.claim(first))).isEmpty();

        List<SourceMessages.Claim> second = sourceClaims(messages - 1, messages);
        Map<SourceMessage, Known> known = inOne(() -> sources.claim(second));

        SourceMessages.Claim repeated = first.getLast();
        assertThat(known)
                .isEqualTo(Map.of(
                        repeated.message(),
                        new Known(repeated.notificationId(), repeated.fingerprint(), NotificationStatus.SCHEDULED)));
        assertThat(inOne(() -> sources.claim(sourceClaims(0, 2 * messages - 1))))
                .hasSize(2 * messages - 1);
        assertThat(jdbc.queryForObject(
                        "select count(*) from source_message where received_at > now() - interval '1 minute'",
                        Integer.class))
                .isEqualTo(2 * messages - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void the_first_of_its_kind_is_known_until_its_time_is_over(int messages) {
        List<RecentMessages.Claim> first = recentClaims(0, messages, NOON.plusSeconds(60));
        assertThat(inOne(() -> recent.claim(first, NOON))).isEmpty();

        List<RecentMessages.Claim> second = recentClaims(messages - 1, messages, NOON.plusSeconds(120));
        assertThat(inOne(() -> recent.claim(second, NOON.plusSeconds(30))))
                .isEqualTo(Map.of(first.getLast().fingerprint(), first.getLast().notificationId()));

        List<RecentMessages.Claim> third = recentClaims(0, messages, NOON.plusSeconds(180));
        assertThat(inOne(() -> recent.claim(third, NOON.plusSeconds(61)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void what_is_not_told_of_a_person_stays_as_it_was(int people) {
        save(people(people, "ada@example.org", "Ada"));

        save(Stream.concat(people(people, null, "Countess").stream(), Stream.of(person("new", null, "Grace")))
                .toList());

        assertThat(jdbc.queryForList("select distinct email || ' ' || name from recipient", String.class))
                .containsExactlyInAnyOrder("ada@example.org Countess", null);
        assertThat(jdbc.queryForObject("select count(*) from recipient", Integer.class))
                .isEqualTo(people + 1);
    }

    private static List<SourceMessages.Claim> sourceClaims(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> new SourceMessages.Claim(
                        new SourceMessage(SHOP, "message-" + i), fingerprint(i), id(), NotificationStatus.SCHEDULED))
                .toList();
    }

    private static List<RecentMessages.Claim> recentClaims(int from, int number, Instant until) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> new RecentMessages.Claim(fingerprint(i), id(), until))
                .toList();
    }

    private static Fingerprint fingerprint(int number) {
        return new Fingerprint(new UUID(7, number));
    }

    private static NotificationId id() {
        return new NotificationId(UUID.randomUUID());
    }

    private static List<Recipient> people(int number, @Nullable String email, String name) {
        return IntStream.range(0, number)
                .mapToObj(i -> person("person-" + i, email, name))
                .toList();
    }

    private static Recipient person(String id, @Nullable String email, String name) {
        return new Recipient(new UserId(id), email == null ? null : new EmailAddress(email), name);
    }

    private void save(List<Recipient> people) {
        transaction.executeWithoutResult(_ -> recipients.save(people));
    }

    @SuppressWarnings("NullAway") // what these yield is never null
    private <T> T inOne(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }
}
