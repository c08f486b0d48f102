package dev.tidings.application.reports;

import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.GroupCommit;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Periodically;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.Aftermath;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DeliveryQueue.Settlement;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.ProviderMessages.Known;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.ProviderNews.ReachableAgain;
import dev.tidings.application.reports.ProviderNews.Sent;
import dev.tidings.application.reports.ProviderNews.Unreachable;
import dev.tidings.application.reports.UnmatchedReports.Matched;
import dev.tidings.application.reports.UnmatchedReports.Unmatched;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts on record what providers say later of what they took, many in one commit. */
public final class RecordReports implements ProviderNewsDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordReports.class);
    private static final int COMMITTERS = 1;
    private static final int GROUP = 200;
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration MATCHING = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(3);
    private static final int FORGOTTEN_AT_A_TIME = 10_000;

    private final UnitsOfWork units;
    private final Ports ports;
    private final InstantSource clock;
    private final GroupCommit<Heard, Boolean> heard;
    private final List<Periodically> chores = new ArrayList<>();

    private record Heard(ProviderName provider, ProviderNews news) {}

    /** What a commit reads and writes. */
    public record Ports(
            EventLog log,
            DeliveryQueue queue,
            ProviderMessages messages,
            UnmatchedReports unmatched,
            NotificationContents contents,
            Suppressions suppressions,
            Aftermath aftermath) {}

    public RecordReports(UnitsOfWork units, Ports ports, Outages outages, InstantSource clock) {
        this.units = units;
        this.ports = ports;
        this.clock = clock;
        this.heard = new GroupCommit<>("record-reports", COMMITTERS, GROUP, GATHERING, this::commit, outages);
    }

    public void start() {
        chores.add(Periodically.start("match-reports", MATCHING, this::matchAll));
        chores.add(Periodically.start("forget-reports", FORGETTING, this::forget));
    }

    @Override
    public void heard(ProviderName provider, List<ProviderNews> news) {
        List<CompletableFuture<Boolean>> recorded = news.stream()
                .map(each -> heard.submit(new Heard(provider, each)))
                .toList();
        recorded.forEach(CompletableFuture::join);
    }

    private List<Boolean> commit(List<Heard> group) {
        return units.inOneCommit(() -> {
            record(matched(group));
            suppress(group.stream()
                    .filter(each -> each.news instanceof Unreachable)
                    .map(each -> suppressed(each.provider, (Unreachable) each.news))
                    .toList());
            group.forEach(each -> {
                if (each.news instanceof ReachableAgain again) {
                    ports.suppressions()
                            .remove(new Reach(again.channel(), again.address()), SuppressionReason.OPTED_OUT);
                }
            });
            return group.stream().map(_ -> true).toList();
        });
    }

    /** What can't be matched yet is kept. */
    private List<Matched> matched(List<Heard> group) {
        Map<ProviderName, Map<String, Known>> known = known(group);
        List<Matched> matched = new ArrayList<>();
        List<Unmatched> unmatched = new ArrayList<>();
        for (Heard each : group) {
            if (each.news instanceof DeliveryReport report) {
                Sent sent = report.sent();
                Known message = sent == null
                        ? known.getOrDefault(each.provider, Map.of()).get(report.providerMessageId())
                        : null;
                if (sent != null) {
                    matched.add(new Matched(each.provider, report, sent.notificationId(), sent.attempt()));
                } else if (message != null) {
                    matched.add(new Matched(each.provider, report, message.notificationId(), message.attempt()));
                } else {
                    unmatched.add(new Unmatched(each.provider, report));
                }
            }
        }
        if (!unmatched.isEmpty()) {
            ports.unmatched().keep(unmatched, clock.instant());
        }
        return matched;
    }

    private Map<ProviderName, Map<String, Known>> known(List<Heard> group) {
        Map<ProviderName, List<String>> ids = new HashMap<>();
        for (Heard each : group) {
            if (each.news instanceof DeliveryReport report && report.sent() == null) {
                ids.computeIfAbsent(each.provider, _ -> new ArrayList<>())
                        .add(Objects.requireNonNull(report.providerMessageId()));
            }
        }
        Map<ProviderName, Map<String, Known>> known = new HashMap<>();
        ids.forEach((provider, of) -> known.put(provider, ports.messages().find(provider, of)));
        return known;
    }

    private void record(List<Matched> matched) {
        if (matched.isEmpty()) {
            return;
        }
        List<NotificationId> ids =
                matched.stream().map(Matched::notificationId).distinct().toList();
        ports.log().prefetch(ids);
        Map<String, Map<String, ?>> origins = ports.log().origins(ids);
        List<Settlement> settlements = new ArrayList<>();
        for (Matched each : matched) {
            @Nullable Map<String, ?> origin = origins.get(each.notificationId().toString());
            if (origin == null) {
                LOG.warn("Provider {} reports on {}, which is not known", each.provider(), each.notificationId());
            } else {
                List<? extends NotificationEvent> events =
                        units.dispatch(command(each), RequestContext.of(origin).metadata());
                if (!events.isEmpty()
                        && NotificationStatus.after(events.getLast()).isEnd()) {
                    settlements.add(new Settlement.Ended(each.notificationId(), 0));
                }
            }
        }
        ports.queue().settle(settlements);
        suppressRecipients(matched);
    }

    /** Nobody's clock is trusted further than our own. */
    private RecordReport command(Matched matched) {
        DeliveryReport report = matched.report();
        Instant now = clock.instant();
        return new RecordReport(
                matched.notificationId(),
                matched.attempt(),
                matched.provider(),
                report.providerMessageId(),
                report.stage(),
                report.failure(),
                report.at().isAfter(now) ? now : report.at());
    }

    private void suppressRecipients(List<Matched> matched) {
        List<Matched> gone = matched.stream()
                .filter(each -> each.report().suppress() != null)
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        Map<NotificationId, Reach> reaches = ports.contents()
                .reaches(gone.stream().map(Matched::notificationId).toList());
        List<Suppressed> suppressed = new ArrayList<>();
        for (Matched each : gone) {
            Reach reach = reaches.get(each.notificationId());
            SuppressionReason reason = each.report().suppress();
            if (reach != null && reason != null) {
                suppressed.add(new Suppressed(
                        reach, new Suppression(reason, each.provider().value(), clock.instant())));
            }
        }
        suppress(suppressed);
    }

    private Suppressed suppressed(ProviderName provider, Unreachable news) {
        return new Suppressed(
                new Reach(news.channel(), news.address()),
                new Suppression(news.reason(), provider.value(), clock.instant()));
    }

    private void suppress(List<Suppressed> suppressed) {
        ports.aftermath().suppress(suppressed);
    }

    private void matchAll() {
        int matched;
        do {
            matched = match();
        } while (matched == GROUP);
    }

    /** Yields how many reports that had come too early were put on record. */
    int match() {
        return units.inOneCommit(() -> {
            List<Matched> matched = ports.unmatched().take(GROUP);
            record(matched);
            return matched.size();
        });
    }

    void forget() {
        Instant before = clock.instant().minus(KEPT);
        int forgotten;
        do {
            forgotten = ports.unmatched().forget(before, FORGOTTEN_AT_A_TIME);
            if (forgotten > 0) {
                LOG.warn("{} reports on messages that nobody here sent were thrown away", forgotten);
            }
        } while (forgotten == FORGOTTEN_AT_A_TIME);
    }

    @Override
    public void close() {
        chores.forEach(Periodically::close);
        heard.close();
    }
}
