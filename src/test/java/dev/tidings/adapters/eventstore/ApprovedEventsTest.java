package dev.tidings.adapters.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.NotificationCommand;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationEvent.AttemptFailed;
import dev.tidings.domain.notification.NotificationEvent.AttemptOutcomeUnknown;
import dev.tidings.domain.notification.NotificationEvent.AttemptPostponed;
import dev.tidings.domain.notification.NotificationEvent.AttemptRecorded;
import dev.tidings.domain.notification.NotificationEvent.NotificationCancelled;
import dev.tidings.domain.notification.NotificationEvent.NotificationExpired;
import dev.tidings.domain.notification.NotificationEvent.NotificationFailed;
import dev.tidings.domain.notification.NotificationEvent.NotificationRedriven;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationEvent.NotificationResolved;
import dev.tidings.domain.notification.NotificationEvent.NotificationScheduled;
import dev.tidings.domain.notification.NotificationEvent.NotificationSent;
import dev.tidings.domain.notification.NotificationEvent.NotificationSentAgain;
import dev.tidings.domain.notification.NotificationEvent.NotificationSuppressed;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesChanged;
import dev.tidings.domain.preferences.PreferencesEvent.PreferencesCreated;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What stands in the log of a running service can't be changed: each event is written as its approved file says. */
class ApprovedEventsTest {

    private static final Path APPROVED = Path.of("src/test/resources/approved-events");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant AT = Instant.parse("2026-01-05T09:00:00.123456Z");
    private static final NotificationId ID = NotificationId.of("019b8d2c-4b40-7000-8000-0000000000a1");
    private static final ProviderName SMTP = new ProviderName("smtp");
    private static final Failure BUSY = new Failure("451 4.7.1", "try again later");
    private static final Particulars PARTICULARS = new Particulars(
            new ServiceId("user-service"),
            new UserId("ada-1"),
            new NotificationType("welcome"),
            Channel.EMAIL,
            Lane.NORMAL,
            new TemplateRef("welcome", "0123456789ab"),
            AT,
            null);

    private final EventJson format = EventJson.create();

    static Stream<Object> events() {
        return Stream.of(
                new NotificationRequested(
                        ID,
                        PARTICULARS,
                        List.of(new Finding(Finding.Rule.PREFERENCES, "welcome is on", Finding.Verdict.SEND)),
                        AT.plusSeconds(60)),
                new NotificationSuppressed(ID, PARTICULARS, Finding.Rule.PREFERENCES, "welcome is off", AT),
                new NotificationSent(ID, PARTICULARS, 1, 0, SMTP, "queue-1", AT, AT.plusMillis(5)),
                new NotificationSentAgain(ID, PARTICULARS, 2, 0, SMTP, AT, true),
                new NotificationEvent.AttemptFailedOver(ID, PARTICULARS, 1, 0, SMTP, BUSY, AT),
                new NotificationEvent.NotificationWithheld(
                        ID, PARTICULARS, 2, 1, Finding.Rule.SUPPRESSION, "the address is suppressed", AT),
                new NotificationEvent.NotificationDelivered(ID, PARTICULARS, 2, 2, 1, SMTP, AT),
                new NotificationEvent.NotificationRead(ID, PARTICULARS, 2, 1, SMTP, AT),
                new NotificationEvent.NotificationBounced(ID, PARTICULARS, 2, 2, 1, SMTP, BUSY, AT),
                new NotificationEvent.NotificationComplained(ID, PARTICULARS, 2, 2, 1, SMTP, AT),
                new AttemptFailed(ID, PARTICULARS, 1, 0, SMTP, BUSY, AT, AT.plusMillis(5), AT.plusSeconds(5)),
                new AttemptOutcomeUnknown(ID, PARTICULARS, 1, 1, null, BUSY, AT, AT.plusSeconds(5)),
                new NotificationFailed(
                        ID,
                        PARTICULARS,
                        4,
                        0,
                        SMTP,
                        BUSY,
                        NotificationEvent.Cause.RETRIES_EXHAUSTED,
                        AT,
                        AT.plusMillis(5)),
                new NotificationScheduled(ID, PARTICULARS, AT.plusSeconds(60), AT),
                new AttemptPostponed(ID, PARTICULARS, 1, 0, SMTP, BUSY, AT, AT.plusSeconds(10)),
                new NotificationCancelled(ID, PARTICULARS, 0, 0, AT),
                new NotificationExpired(ID, PARTICULARS, 1, 1, AT),
                new NotificationRedriven(ID, PARTICULARS, 4, 0, AT),
                new NotificationResolved(ID, PARTICULARS, 1, 1, NotificationCommand.Resolution.RESEND, AT),
                new PreferencesCreated(
                        new PreferencesId(new UserId("ada-1")), Map.of(new NotificationType("welcome"), true), AT),
                new PreferencesChanged(
                        new PreferencesId(new UserId("ada-1")), Map.of(new NotificationType("welcome"), false), AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_written_as_approved_and_read_back(Object event) throws IOException {
        SerializedObject<byte[]> written = format.serialize(event, byte[].class);
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(written.getData())) + "\n";
        Path file = APPROVED.resolve(
                written.getType().getName() + "." + written.getType().getRevision() + ".json");
        assertThat(file).as("approve it by writing this file:%n%s", text).exists();
        assertThat(text).isEqualTo(Files.readString(file));
        byte[] approved = Files.readString(file).getBytes(StandardCharsets.UTF_8);
        assertThat(format.payload(written.getType().getName(), written.getType().getRevision(), approved))
                .isEqualTo(event);
    }

    /** As they were written before they told how many attempts were of unknown outcome. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "notification.sent",
                "notification.sent-again",
                "notification.attempt-failed",
                "notification.attempt-outcome-unknown",
                "notification.failed"
            })
    void an_older_event_can_be_read_still(String name) throws IOException {
        byte[] older = Files.readAllBytes(APPROVED.resolve("older/" + name + ".1.json"));
        assertThat(((AttemptRecorded) format.payload(name, "1", older)).doubtful())
                .isZero();
    }

    /** As it was written while another event said when it goes out. */
    @Test
    void an_older_request_without_a_time_can_be_read_still() throws IOException {
        byte[] older = Files.readAllBytes(APPROVED.resolve("older/notification.requested.1.json"));
        assertThat(format.payload("notification.requested", "1", older))
                .isInstanceOfSatisfying(
                        NotificationRequested.class,
                        requested -> assertThat(requested.sendAt()).isNull());
    }

    @Test
    void no_event_is_without_an_approved_file() {
        List<Class<?>> all = Stream.of(NotificationEvent.class, PreferencesEvent.class)
                .flatMap(ApprovedEventsTest::leaves)
                .toList();
        assertThat(events().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(EventNames.classes()).containsExactlyInAnyOrderElementsOf(all);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(ApprovedEventsTest::leaves);
    }
}
