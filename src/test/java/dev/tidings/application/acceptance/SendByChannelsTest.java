package dev.tidings.application.acceptance;

import static dev.tidings.application.doubles.Drafts.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.acceptance.ComposeNotifications.Request;
import dev.tidings.application.acceptance.ComposeNotifications.Wishes;
import dev.tidings.application.acceptance.Fallback.Until;
import dev.tidings.application.acceptance.Fallbacks.Link;
import dev.tidings.application.acceptance.SendByChannels.Dispatched;
import dev.tidings.application.acceptance.SendByChannels.Order;
import dev.tidings.application.acceptance.SendByChannels.Plan;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.commit.CommittedEvents.Committed;
import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.application.doubles.TidingsInMemory;
import dev.tidings.application.intervention.WhenItFailsThenFallBack;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.NotificationEvent.NotificationRequested;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendByChannelsTest {

    private static final UserId ADA = new UserId("ada");
    private static final Address MAIL = new EmailAddress("ada@example.org");
    private static final Address PHONE = new PhoneNumber("+4930123456");
    private static final Plan IN_TWO_MINUTES = new Plan(Duration.ofMinutes(2), Until.DELIVERED);

    private final TidingsInMemory tidings = new TidingsInMemory();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void one_request_to_several_channels_is_one_notification_for_each() {
        List<Dispatched> dispatched = send(null, null, MAIL, PHONE);

        assertThat(dispatched).extracting(Dispatched::channel).containsExactly(Channel.EMAIL, Channel.SMS);
        assertThat(dispatched).extracting(each -> each.receipt().status()).containsOnly(NotificationStatus.QUEUED);
        assertThat(tidings.contents.find(id(dispatched, 1)))
                .hasValueSatisfying(content -> assertThat(content.recipient()).isEqualTo(PHONE));
    }

    @Test
    void a_person_is_reached_at_all_their_devices() {
        register(new Reach(Channel.PUSH, new DeviceToken("phone")));
        register(new Reach(Channel.PUSH, new DeviceToken("tablet")));

        List<Dispatched> dispatched = send(ADA, null, channels(Channel.PUSH));

        assertThat(dispatched).hasSize(2);
        assertThat(tidings.contents.all())
                .extracting(content -> content.recipient().value())
                .containsExactlyInAnyOrder("phone", "tablet");
    }

    @Test
    void a_channel_by_which_the_person_cannot_be_reached_is_left_out() {
        register(new Reach(Channel.SMS, PHONE));

        assertThat(send(ADA, null, channels(Channel.PUSH, Channel.SMS)))
                .extracting(Dispatched::channel)
                .containsExactly(Channel.SMS);
    }

    @Test
    void who_cannot_be_reached_at_all_is_an_error_that_names_what_is_missing() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> send(ADA, null, channels(Channel.PUSH, Channel.SMS)))
                .extracting(InvalidInput::errors)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(FieldError.class))
                .contains(
                        new FieldError(
                                "recipient_token", "is missing, and the person has no contact point for that channel"),
                        new FieldError(
                                "recipient_phone", "is missing, and the person has no contact point for that channel"));
        assertThat(tidings.events.payloads()).isEmpty();
    }

    @Test
    void a_fallback_waits_for_the_one_before_it_and_says_so() {
        List<Dispatched> dispatched = send(null, IN_TWO_MINUTES, MAIL, PHONE);

        assertThat(tidings.events.payloads(id(dispatched, 1))).hasExactlyElementsOfTypes(NotificationRequested.class);
        NotificationRequested fallback = (NotificationRequested)
                tidings.events.payloads(id(dispatched, 1)).getFirst();
        assertThat(fallback.sendAt()).isEqualTo("2026-03-01T12:02:00Z");
        assertThat(fallback.findings())
                .filteredOn(finding -> finding.rule() == Finding.Rule.FALLBACK)
                .singleElement()
                .extracting(Finding::saw)
                .isEqualTo("goes out at 2026-03-01T12:02:00Z, unless one of [" + id(dispatched, 0)
                        + "] is delivered by then");
        assertThat(tidings.fallbacks.all())
                .containsExactly(new Link(id(dispatched, 0), id(dispatched, 1), Until.DELIVERED));
    }

    @Test
    void a_fallback_does_not_wait_for_what_is_never_sent() {
        tidings.suppressions.add(List.of(new Suppressed(
                new Reach(Channel.EMAIL, MAIL),
                new Suppression(SuppressionReason.BOUNCED, "smtp", tidings.clock.instant()))));

        List<Dispatched> dispatched = send(null, IN_TWO_MINUTES, MAIL, PHONE);

        assertThat(dispatched)
                .extracting(each -> each.receipt().status())
                .containsExactly(NotificationStatus.SUPPRESSED, NotificationStatus.QUEUED);
    }

    @Test
    void a_fallback_goes_out_at_once_when_none_before_it_can_arrive_any_more() {
        List<Dispatched> dispatched = send(null, IN_TWO_MINUTES, MAIL, PHONE);
        tidings.intervene.cancel(id(dispatched, 0));
        WhenItFailsThenFallBack policy =
                new WhenItFailsThenFallBack(tidings.fallbacks, tidings.intervene, tidings.clock);

        assertThat(tidings.fallbacks.due(List.of(id(dispatched, 0)))).containsExactly(id(dispatched, 1));
        policy.committed(
                List.of(new Committed(tidings.events.payloads(id(dispatched, 0)).getLast(), Map.of())));

        await().untilAsserted(() -> assertThat(tidings.queue.find(id(dispatched, 1)))
                .hasValueSatisfying(row -> assertThat(row.dueAt()).isEqualTo(tidings.clock.instant())));
    }

    @Test
    void a_repeated_request_gets_the_same_notifications_whatever_was_registered_meanwhile() {
        SourceMessage key = new SourceMessage(CONTEXT.serviceId(), "k-1");
        register(new Reach(Channel.SMS, PHONE));
        List<Dispatched> first = send(ADA, null, key, channels(Channel.EMAIL, Channel.SMS), MAIL);
        register(new Reach(Channel.SMS, new PhoneNumber("+4930654321")));

        List<Dispatched> again = send(ADA, null, key, channels(Channel.EMAIL, Channel.SMS), MAIL);

        assertThat(again)
                .extracting(each -> each.receipt().notificationId())
                .containsExactly(id(first, 0), id(first, 1));
        assertThat(again).allMatch(each -> each.receipt().repeated());
    }

    private void register(Reach reach) {
        tidings.contacts.add(new ContactPoint(ADA, reach, tidings.clock.instant()));
    }

    private static NotificationId id(List<Dispatched> dispatched, int number) {
        return dispatched.get(number).receipt().notificationId();
    }

    private static SequencedMap<Channel, List<Address>> channels(Channel... channels) {
        SequencedMap<Channel, List<Address>> given = new LinkedHashMap<>();
        for (Channel channel : channels) {
            given.put(channel, List.of());
        }
        return given;
    }

    private List<Dispatched> send(@Nullable UserId user, @Nullable Plan plan, Address mail, Address phone) {
        SequencedMap<Channel, List<Address>> given = channels(Channel.EMAIL, Channel.SMS);
        given.put(Channel.EMAIL, List.of(mail));
        given.put(Channel.SMS, List.of(phone));
        return send(user, plan, given);
    }

    private List<Dispatched> send(
            UserId user,
            @Nullable Plan plan,
            SourceMessage key,
            SequencedMap<Channel, List<Address>> given,
            Address mail) {
        given.put(Channel.EMAIL, List.of(mail));
        return order(user, plan, key, given);
    }

    private List<Dispatched> send(
            @Nullable UserId user, @Nullable Plan plan, SequencedMap<Channel, List<Address>> given) {
        return order(user, plan, null, given);
    }

    private List<Dispatched> order(
            @Nullable UserId user,
            @Nullable Plan plan,
            @Nullable SourceMessage key,
            SequencedMap<Channel, List<Address>> given) {
        Request request = new Request(
                CONTEXT,
                key,
                null,
                user,
                given.firstEntry().getKey(),
                MAIL,
                null,
                null,
                new NotificationType("welcome"),
                "Hello",
                "Hello, Ada",
                Map.of(),
                null,
                Timing.AT_ONCE,
                false,
                Wishes.NONE);
        return tidings.send
                .accept(tidings.send.prepare(new Order(request, given, plan)))
                .join();
    }
}
