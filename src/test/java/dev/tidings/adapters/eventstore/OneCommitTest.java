package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.doubles.InMemoryAnnouncements;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.events.UserEvent.UserRegistered;
import dev.tidings.application.events.WhenUserEventThenNotify;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.preferences.PreferencesCommand.ChangePreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.preferences.PreferencesRefused;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import dev.tidings.testing.ScriptedOutside;
import dev.tidings.testing.TidingsHere;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneCommitTest {

    private static final RequestContext SHOP = new RequestContext(new ServiceId("shop"), "c-1", null);

    private TidingsHere tidings;
    private UnitsOfWork units;
    private JdbcTemplate jdbc;

    @BeforeAll
    void start() {
        tidings = TidingsHere.started(Map.of(), ScriptedOutside.class);
        units = tidings.get(UnitsOfWork.class);
        jdbc = tidings.get(JdbcTemplate.class);
    }

    @AfterAll
    void stop() {
        tidings.close();
    }

    @Test
    void all_commands_of_a_unit_of_work_share_one_transaction() {
        List<PreferencesId> ids = someIds(50);
        units.inOneCommit(() -> {
            ids.forEach(id -> units.dispatch(new OpenPreferences(id, Instant.now()), SHOP.metadata()));
            return true;
        });
        assertThat(transactionsOf(ids)).hasSize(50);
        assertThat(transactionsOf(ids).stream().distinct()).hasSize(1);
    }

    @Test
    void when_one_command_is_refused_nothing_of_the_unit_of_work_remains() {
        List<PreferencesId> ids = someIds(10);
        PreferencesId unopened = someIds(1).getFirst();
        assertThatThrownBy(() -> units.inOneCommit(() -> {
                    ids.forEach(id -> units.dispatch(new OpenPreferences(id, Instant.now()), SHOP.metadata()));
                    jdbc.update(
                            "insert into recipient values (?, null, null, now())",
                            unopened.userId().value());
                    return units.dispatch(
                            new ChangePreferences(
                                    unopened, Map.of(new NotificationType("welcome"), true), Instant.now()),
                            SHOP.metadata());
                }))
                .isInstanceOf(PreferencesRefused.class);
        assertThat(transactionsOf(ids)).isEmpty();
        assertThat(jdbc.queryForObject(
                        "select count(*) from recipient where user_id = ?",
                        Integer.class,
                        unopened.userId().value()))
                .isZero();
    }

    @Test
    void an_event_is_kept_letter_by_letter() {
        String correlationId = "Grüße \\N \t\u0001 \"✓\" \uD83D\uDCEC";
        PreferencesId id = someIds(1).getFirst();
        units.inOneCommit(() -> units.dispatch(
                new OpenPreferences(id, Instant.parse("2026-03-01T12:00:00.000000001Z")),
                new RequestContext(new ServiceId("shop"), correlationId, null).metadata()));

        DomainEventMessage<?> event =
                tidings.get(EventStore.class).readEvents(id.toString()).next();

        assertThat(event.getMetaData()).containsEntry("correlationId", correlationId);
        assertThat(event.getPayload())
                .isInstanceOfSatisfying(
                        PreferencesCreated.class,
                        created -> assertThat(created.at()).isEqualTo("2026-03-01T12:00:00.000000001Z"));
        assertThat(event.getSequenceNumber()).isZero();
        assertThat(event.getType()).isEqualTo("NotificationPreferences");
    }

    @Test
    void of_two_who_decide_on_the_same_the_log_refuses_one() {
        String id = someIds(1).getFirst().toString();
        EventStorageEngine log = tidings.get(EventStorageEngine.class);
        log.appendEvents(second(id));

        assertThatThrownBy(() -> log.appendEvents(second(id))).isInstanceOf(ConcurrencyException.class);
    }

    private static DomainEventMessage<?> second(String aggregate) {
        return new GenericDomainEventMessage<>(
                "NotificationPreferences",
                aggregate,
                1,
                new PreferencesCreated(new PreferencesId(new UserId(aggregate)), Map.of(), Instant.now()));
    }

    private List<?> transactionsOf(List<PreferencesId> ids) {
        return jdbc.queryForList(
                "select xmin::text from domain_event_entry where aggregate_identifier = any (?)", String.class, (Object)
                        ids.stream().map(PreferencesId::toString).toArray(String[]::new));
    }

    private static List<PreferencesId> someIds(int count) {
        List<PreferencesId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new PreferencesId(new UserId(UUID.randomUUID().toString())));
        }
        return ids;
    }

    @Test
    void what_is_accepted_is_sent_announced_and_found() {
        ScriptedProvider provider = tidings.get(ScriptedProvider.class);
        InMemoryAnnouncements announcements = tidings.get(InMemoryAnnouncements.class);
        WhenUserEventThenNotify events = tidings.get(WhenUserEventThenNotify.class);
        NotificationReads reads = tidings.get(NotificationReads.class);
        List<CompletableFuture<Receipt>> accepted =
                someIds(300).stream().map(id -> registered(events, id)).toList();
        List<Receipt> receipts = accepted.stream().map(CompletableFuture::join).toList();
        Receipt receipt = receipts.getFirst();
        assertThat(reads.find(receipt.notificationId()).toCompletableFuture().join())
                .hasValueSatisfying(found -> assertThat(found.recipient()).endsWith("@example.org"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(announcements.published()).hasSizeGreaterThanOrEqualTo(600));
        assertThat(provider.received()).hasSize(300);
        assertThat(reads.find(receipt.notificationId())
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .view()
                        .status())
                .isEqualTo(NotificationStatus.SENT);
        assertThat(jdbc.queryForObject("select count(*) from delivery_queue", Integer.class))
                .isZero();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(jdbc.queryForObject(
                                "select count(*) from notification_view where status = 'sent'", Integer.class))
                        .isEqualTo(300));
        assertThat(jdbc.queryForObject("select count(*) from event_log where service_id = 'shop'", Integer.class))
                .isGreaterThanOrEqualTo(900);
    }

    private static CompletableFuture<Receipt> registered(WhenUserEventThenNotify events, PreferencesId id) {
        return events.on(
                new UserRegistered(id.userId(), new EmailAddress(id.userId().value() + "@example.org"), "Ada"),
                new SourceMessage(SHOP.serviceId(), id.userId().value()),
                SHOP);
    }
}
