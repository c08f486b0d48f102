package dev.tidings.adapters.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.Opened;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.doubles.SettableClock;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.reports.ProviderNews;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNewsDesk;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.ReportedStage;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.testing.PrivatePostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

class SandboxTest {

    private static final NotificationId ID = NotificationId.of("0198c0de-0000-7000-8000-000000000001");
    private static final Duration DAY = Duration.ofDays(1);
    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final SettableClock clock = new SettableClock();
    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final SandboxMessages messages = new SandboxMessages(jdbc);
    private final Map<ProviderName, List<DeliveryReport>> heard = new HashMap<>();

    @BeforeEach
    void empty() {
        jdbc.execute("truncate sandbox_message restart identity");
    }

    @Test
    void there_is_one_for_every_channel_and_it_reaches_everybody() {
        assertThat(sandboxes(Duration.ZERO).all())
                .extracting(each -> each.name().value(), MessageProvider::channel, MessageProvider::isSandbox)
                .containsExactly(
                        tuple("sandbox-email", Channel.EMAIL, true),
                        tuple("sandbox-sms", Channel.SMS, true),
                        tuple("sandbox-whatsapp", Channel.WHATSAPP, true),
                        tuple("sandbox-push", Channel.PUSH, true));
        assertThat(provider(Channel.SMS).reaches(Address.of(Channel.SMS, "+4930123456")))
                .isTrue();
        assertThat(provider(Channel.SMS).reaches(Address.of(Channel.SMS, "+12025550100")))
                .isTrue();
    }

    @Test
    void what_it_takes_can_be_looked_at_from_every_node_and_after_a_restart() {
        Message message = new Message(
                "Parcel",
                "It is here",
                "<p>It is here",
                new Message.Extras(null, Map.of(), Map.of("order", "17"), null, Map.of()));
        SendOutcome outcome =
                provider(Channel.EMAIL).send(outgoing(Address.of(Channel.EMAIL, "ada@example.org"), 1, message));

        SandboxMessages elsewhere = new SandboxMessages(new JdbcTemplate(DATABASE));
        Caught caught = elsewhere.newest(10).getFirst();
        assertThat(outcome).isEqualTo(new SendOutcome.Accepted(caught.id()));
        assertThat(caught)
                .isEqualTo(new Caught(
                        "sandbox-1",
                        Channel.EMAIL,
                        SettableClock.START,
                        "sandbox-email",
                        List.of("ada@example.org"),
                        "Parcel",
                        6 + 10 + 13));
        assertThat(elsewhere.find("sandbox-1"))
                .contains(new Opened(
                        caught, ID, List.of(), "It is here", "<p>It is here", Map.of("order", "17"), List.of()));
        assertThat(elsewhere.find("sandbox-2")).isEmpty();
        assertThat(elsewhere.find("1")).isEmpty();

        elsewhere.empty();
        assertThat(messages.newest(10)).isEmpty();
    }

    @Test
    void a_message_without_a_title_is_listed_by_how_it_begins() {
        send(Channel.SMS, "+4930123456", 1, new Message("", "\nYour code is 123\nBye", null));
        send(Channel.SMS, "+4930123456", 1, new Message(" ", "x".repeat(500), null));

        assertThat(messages.newest(10))
                .extracting(Caught::subject)
                .containsExactly("x".repeat(79) + "…", "Your code is 123");
    }

    @Test
    void only_the_newest_are_kept_and_none_of_which_something_is_still_to_be_said() {
        send(Channel.SMS, "+12025550100", 1);
        for (int i = 0; i < SandboxMessages.KEPT + 100; i++) {
            send(Channel.SMS, "+4930123456", 1);
        }

        assertThat(jdbc.queryForList("select id from sandbox_message order by id", Long.class))
                .hasSizeBetween(SandboxMessages.KEPT, SandboxMessages.KEPT + 51)
                .startsWith(1L)
                .endsWith(1_101L)
                .doesNotContain(2L);
        assertThat(messages.newest(5_000)).hasSize(SandboxMessages.KEPT);
    }

    @Test
    void people_get_no_report_since_nothing_has_arrived() {
        send(Channel.SMS, "+4930123456", 1);
        clock.advance(DAY);
        tell();

        assertThat(heard).isEmpty();
    }

    @Test
    void what_is_delivered_or_bounced_is_reported_after_a_while_and_once() {
        SendOutcome delivered = send(Channel.EMAIL, "delivered@simulator.example", 1);
        SendOutcome bounced = send(Channel.SMS, "+12025550101", 2);

        tell();
        assertThat(heard).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        tell();
        tell();
        assertThat(heard.get(new ProviderName("sandbox-email"))).singleElement().satisfies(report -> {
            assertThat(delivered).isEqualTo(new SendOutcome.Accepted(report.providerMessageId()));
            assertThat(report.sent()).isEqualTo(new ProviderNews.Sent(ID, 1));
            assertThat(report.stage()).isEqualTo(ReportedStage.DELIVERED);
            assertThat(report.failure()).isNull();
            assertThat(report.at()).isEqualTo(clock.instant());
        });
        assertThat(heard.get(new ProviderName("sandbox-sms"))).singleElement().satisfies(report -> {
            assertThat(bounced).isEqualTo(new SendOutcome.Accepted(report.providerMessageId()));
            assertThat(report.sent()).isEqualTo(new ProviderNews.Sent(ID, 2));
            assertThat(report.stage()).isEqualTo(ReportedStage.BOUNCED);
            assertThat(report.failure()).isNotNull();
            assertThat(report.suppress()).isNull();
        });
    }

    @Test
    void who_is_late_is_reported_as_late_as_the_address_says() {
        send(Channel.PUSH, "simulator:late-30", 1);

        clock.advance(Duration.ofSeconds(29));
        tell();
        assertThat(heard).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        tell();
        assertThat(heard.get(new ProviderName("sandbox-push"))).hasSize(1);
    }

    @Test
    void many_reports_that_are_due_at_once_are_all_told() {
        for (int i = 0; i < 450; i++) {
            send(Channel.EMAIL, "delivered@simulator.example", 1);
        }
        clock.advance(DAY);
        tell();

        assertThat(heard.get(new ProviderName("sandbox-email")))
                .extracting(DeliveryReport::providerMessageId)
                .hasSize(450)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_report_that_could_not_be_taken_in_is_told_again() {
        send(Channel.EMAIL, "delivered@simulator.example", 1);
        clock.advance(DAY);
        DueReports broken = reportsTo((_, _) -> {
            throw new IllegalStateException("not now");
        });

        assertThatIllegalStateException().isThrownBy(broken::tell);
        tell();
        assertThat(heard).as("while another one may be at it").isEmpty();
        clock.advance(Duration.ofSeconds(30));
        tell();
        assertThat(heard.get(new ProviderName("sandbox-email"))).hasSize(1);
    }

    @Test
    void while_nobody_takes_in_reports_they_wait() {
        send(Channel.EMAIL, "delivered@simulator.example", 1);
        clock.advance(DAY);

        new DueReports(messages, new StaticListableBeanFactory().getBeanProvider(ProviderNewsDesk.class), clock).tell();
        tell();

        assertThat(heard).hasSize(1);
    }

    @Test
    void who_is_flaky_fails_for_now_as_often_as_the_address_says_whoever_tries() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(send(Channel.EMAIL, "flaky+3@simulator.example", attempt))
                    .isInstanceOfSatisfying(
                            SendOutcome.FailedForNow.class,
                            failed -> assertThat(failed.failure().detail()).startsWith("simulated:"));
        }
        assertThat(messages.newest(10)).isEmpty();
        assertThat(send(Channel.EMAIL, "flaky+3@simulator.example", 4)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(messages.newest(10)).hasSize(1);
    }

    @Test
    void who_fails_or_is_gone_gets_nothing() {
        assertThat(send(Channel.WHATSAPP, "+12025550102", 1)).isInstanceOf(SendOutcome.FailedForGood.class);
        assertThat(send(Channel.WHATSAPP, "+12025550103", 1))
                .isInstanceOfSatisfying(
                        SendOutcome.RecipientGone.class,
                        gone -> assertThat(gone.reason()).isEqualTo(SuppressionReason.OPTED_OUT));
        assertThat(send(Channel.PUSH, "simulator:gone", 1))
                .isInstanceOfSatisfying(
                        SendOutcome.RecipientGone.class,
                        gone -> assertThat(gone.reason()).isEqualTo(SuppressionReason.GONE));
        assertThat(messages.newest(10)).isEmpty();
    }

    @Test
    void who_hangs_answers_never_and_whether_it_arrived_is_not_known() {
        assertThat(send(Channel.EMAIL, "hanging@simulator.example", 1)).isInstanceOf(SendOutcome.Unknown.class);
    }

    @Test
    void when_tidings_stops_nobody_hangs_any_more() {
        Sandboxes hanging = sandboxes(DAY);
        CompletableFuture<SendOutcome> outcome = CompletableFuture.supplyAsync(() -> hanging.all()
                .getFirst()
                .send(outgoing(
                        Address.of(Channel.EMAIL, "hanging@simulator.example"),
                        1,
                        new Message("Hello", "Hello", null))));
        hanging.start();

        hanging.stop();

        await().atMost(Duration.ofSeconds(10)).until(outcome::isDone);
        assertThat(outcome).isCompletedWithValueMatching(SendOutcome.Unknown.class::isInstance);
    }

    @Test
    void while_the_database_is_away_it_is_down() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        Sandboxes down = new Sandboxes(
                new SandboxMessages(new JdbcTemplate(nowhere)), new SandboxSettings(Duration.ZERO, DAY), clock);

        assertThat(down.all()
                        .getFirst()
                        .send(outgoing(
                                Address.of(Channel.EMAIL, "ada@example.org"), 1, new Message("Hello", "Hello", null))))
                .isInstanceOf(SendOutcome.ProviderDown.class);
    }

    private SendOutcome send(Channel channel, String address, int attempt) {
        return provider(channel)
                .send(outgoing(Address.of(channel, address), attempt, new Message("Hello", "Hello", null)));
    }

    private void send(Channel channel, String address, int attempt, Message message) {
        assertThat(provider(channel).send(outgoing(Address.of(channel, address), attempt, message)))
                .isInstanceOf(SendOutcome.Accepted.class);
    }

    private MessageProvider provider(Channel channel) {
        return sandboxes(Duration.ofMillis(20)).all().stream()
                .filter(each -> each.channel() == channel)
                .findFirst()
                .orElseThrow();
    }

    private Sandboxes sandboxes(Duration hangFor) {
        return new Sandboxes(messages, new SandboxSettings(Duration.ofSeconds(1), hangFor), clock);
    }

    private void tell() {
        reportsTo((provider, news) -> heard.computeIfAbsent(provider, _ -> new ArrayList<>())
                        .addAll(news.stream().map(DeliveryReport.class::cast).toList()))
                .tell();
    }

    private DueReports reportsTo(ProviderNewsDesk desk) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("desk", desk);
        return new DueReports(messages, beans.getBeanProvider(ProviderNewsDesk.class), clock);
    }

    private static OutgoingMessage outgoing(Address recipient, int attempt, Message message) {
        return new OutgoingMessage(
                ID,
                attempt,
                Lane.NORMAL,
                new RequestContext(new ServiceId("tests"), null, null),
                recipient,
                null,
                message,
                null,
                OutgoingMessage.LastLook.NOTHING);
    }
}
