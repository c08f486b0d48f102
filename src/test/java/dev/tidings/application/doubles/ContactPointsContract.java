package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for contact points whatever keeps them. */
public abstract class ContactPointsContract {

    private static final Instant NOW = SettableClock.START;
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final UserId ADA = new UserId("ada");
    private static final UserId GRACE = new UserId("grace");
    private static final String BROWSER = "https://push.example/1 " + "p".repeat(87) + " " + "a".repeat(22);

    protected abstract ContactPoints contacts();

    protected abstract void inOneCommit(Runnable work);

    private static ContactPoint point(UserId userId, Channel channel, String address, Instant since) {
        return new ContactPoint(userId, new Reach(channel, Address.of(channel, address)), since);
    }

    private static ContactPoint device(String token) {
        return point(ADA, Channel.PUSH, token, NOW);
    }

    @Test
    void what_is_added_is_there_the_latest_first() {
        ContactPoint email = point(ADA, Channel.EMAIL, "ada@example.org", NOW);
        ContactPoint phone = point(ADA, Channel.SMS, "+4930123456", NOW.plusSeconds(1));
        ContactPoint chat = point(ADA, Channel.WHATSAPP, "+4930123456", NOW.plusSeconds(2));
        ContactPoint browser = point(ADA, Channel.PUSH, BROWSER, NOW.plusSeconds(3));
        List.of(email, phone, chat, browser).forEach(contacts()::add);
        contacts().add(point(GRACE, Channel.SMS, "+4930999999", NOW));

        assertThat(contacts().of(ADA)).containsExactly(browser, chat, phone, email);
        assertThat(contacts().of(new UserId("nobody"))).isEmpty();
    }

    @Test
    void adding_twice_changes_nothing() {
        for (ContactPoint first : List.of(
                point(ADA, Channel.EMAIL, "ada@example.org", NOW),
                point(ADA, Channel.SMS, "+4930123456", NOW),
                device("one"))) {
            contacts().add(first);
            contacts().add(new ContactPoint(ADA, first.reach(), LATER));
            assertThat(contacts().of(ADA)).contains(first);
        }
        assertThat(contacts().of(ADA)).hasSize(3);
    }

    @Test
    void of_email_sms_and_whatsapp_there_is_one_and_of_push_there_are_many() {
        contacts().add(point(ADA, Channel.EMAIL, "ada@example.org", NOW));
        contacts().add(point(ADA, Channel.EMAIL, "ada@example.com", LATER));
        contacts().add(point(ADA, Channel.SMS, "+4930123456", NOW));
        contacts().add(point(ADA, Channel.SMS, "+4930123457", LATER));
        contacts().add(device("one"));
        contacts().add(device("two"));

        assertThat(contacts().of(ADA))
                .extracting(point -> point.reach().address().value())
                .containsExactlyInAnyOrder("ada@example.com", "+4930123457", "one", "two");
    }

    @Test
    void no_more_are_added_than_a_person_may_have() {
        assertThat(contacts().add(device("one"), 2)).isTrue();
        assertThat(contacts().add(point(ADA, Channel.SMS, "+4930123456", NOW), 2))
                .isTrue();

        assertThat(contacts().add(device("two"), 2)).isFalse();
        assertThat(contacts().add(point(ADA, Channel.EMAIL, "ada@example.org", NOW), 2))
                .isFalse();
        assertThat(contacts().add(device("one"), 2)).as("is there already").isTrue();
        assertThat(contacts().add(point(ADA, Channel.SMS, "+4930123457", LATER), 2))
                .as("takes the place of another")
                .isTrue();
        assertThat(contacts().add(point(GRACE, Channel.PUSH, "two", NOW), 2)).isTrue();
        assertThat(contacts().of(ADA)).hasSize(2);
    }

    @Test
    void those_who_add_at_the_same_time_add_no_more_either() {
        List<CompletableFuture<Void>> adding = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> inOneCommit(() -> contacts().add(device("device-" + i), 5)),
                        command -> Thread.ofVirtual().start(command)))
                .toList();
        adding.forEach(CompletableFuture::join);

        assertThat(contacts().of(ADA)).hasSize(5);
    }

    @Test
    void what_is_removed_is_gone() {
        for (ContactPoint point : List.of(
                point(ADA, Channel.EMAIL, "ada@example.org", NOW),
                point(ADA, Channel.SMS, "+4930123456", NOW),
                device("one"))) {
            contacts().add(point);
            assertThat(contacts().remove(GRACE, point.reach())).isFalse();
            assertThat(contacts().remove(ADA, point.reach())).isTrue();
            assertThat(contacts().remove(ADA, point.reach())).isFalse();
        }
        assertThat(contacts().of(ADA)).isEmpty();
    }

    @Test
    void what_is_forgotten_is_gone_from_whomever_it_belonged_to() {
        ContactPoint email = point(ADA, Channel.EMAIL, "ada@example.org", NOW);
        contacts().add(email);
        contacts().add(device("one"));
        contacts().add(device("two"));
        contacts().add(point(GRACE, Channel.PUSH, "one", NOW));

        inOneCommit(() -> contacts()
                .forget(List.of(
                        device("one").reach(), email.reach(), device("three").reach())));

        assertThat(contacts().of(ADA)).containsExactly(device("two"));
        assertThat(contacts().of(GRACE)).isEmpty();
    }
}
