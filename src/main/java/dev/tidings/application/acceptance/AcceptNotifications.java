package dev.tidings.application.acceptance;

import dev.tidings.application.acceptance.SourceMessages.Claim;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.GroupCommit;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryEngine;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.application.preferences.Recipients;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.notification.Channel;
import dev.tidings.domain.notification.DeliveryPolicy;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes responsibility for notifications: whoever got a receipt can forget about it. What arrives together is decided,
 * written and queued in one commit; what may go out at once is claimed in that same commit.
 */
public final class AcceptNotifications implements AutoCloseable {

    private static final int COMMITTERS = 2;
    private static final int GROUP = 100;

    private final UnitsOfWork units;
    private final EventLog log;
    private final SourceMessages sources;
    private final PreferencesLog preferences;
    private final Recipients recipients;
    private final NotificationContents contents;
    private final DeliveryQueue queue;
    private final DeliveryEngine engine;
    private final RandomGenerator random;
    private final GroupCommit<NotificationDraft, Receipt> intake;

    public AcceptNotifications(
            UnitsOfWork units,
            EventLog log,
            SourceMessages sources,
            PreferencesLog preferences,
            Recipients recipients,
            NotificationContents contents,
            DeliveryQueue queue,
            DeliveryEngine engine,
            RandomGenerator random,
            Outages outages) {
        this.units = units;
        this.log = log;
        this.sources = sources;
        this.preferences = preferences;
        this.recipients = recipients;
        this.contents = contents;
        this.queue = queue;
        this.engine = engine;
        this.random = random;
        this.intake = new GroupCommit<>("accept", COMMITTERS, GROUP, this::commit, outages);
    }

    /** The receipt comes after the commit. Waits while many are waiting already. */
    public CompletableFuture<Receipt> accept(NotificationDraft draft) {
        return intake.submit(draft);
    }

    private List<Receipt> commit(List<NotificationDraft> drafts) {
        int places = engine.reserve(drafts.size());
        Acceptance acceptance;
        try {
            acceptance = units.inOneCommit(() -> new Acceptance(drafts, places).write());
        } catch (Throwable thrown) {
            engine.cancel(places);
            throw thrown;
        }
        engine.deliver(acceptance.claimed);
        engine.cancel(places - acceptance.claimed.size());
        if (acceptance.entries.size() > acceptance.claimed.size()) {
            engine.wake();
        }
        return acceptance.receipts;
    }

    /** What one commit is made of. */
    private final class Acceptance {

        private final List<NotificationDraft> drafts;
        private final int places;
        private final Instant leaseEnd = engine.leaseEnd();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<Content> accepted = new ArrayList<>();
        private final List<Queued> queued = new ArrayList<>();
        private final List<DeliveryQueue.Entry> entries = new ArrayList<>();
        private final List<OutgoingMessage> claimed = new ArrayList<>();

        private record Queued(NotificationDraft draft, NotificationId id) {}

        Acceptance(List<NotificationDraft> drafts, int places) {
            this.drafts = drafts;
            this.places = places;
        }

        Acceptance write() {
            List<NotificationId> ids = drafts.stream()
                    .map(draft ->
                            NotificationId.at(draft.requestedAt().toEpochMilli(), random.nextLong(), random.nextLong()))
                    .toList();
            Map<SourceMessage, NotificationId> owners = claimSources(ids);
            openPreferences(owners, ids);
            Map<PreferencesId, NotificationPreferences> chosen = preferences.find(drafts.stream()
                    .map(AcceptNotifications::preferencesId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList());
            for (int i = 0; i < drafts.size(); i++) {
                NotificationDraft draft = drafts.get(i);
                NotificationId owner = owner(draft, ids.get(i), owners);
                if (owner.equals(ids.get(i))) {
                    request(draft, owner, chosenBy(draft, chosen));
                } else {
                    receipts.add(new Receipt(owner, NotificationStatus.QUEUED, true));
                }
            }
            queued.stream()
                    .sorted(Comparator.comparing(each -> each.draft().lane()))
                    .forEach(each -> enqueue(each.draft(), each.id()));
            contents.add(accepted);
            queue.add(entries);
            return this;
        }

        private Map<SourceMessage, NotificationId> claimSources(List<NotificationId> ids) {
            Map<SourceMessage, NotificationId> first = new LinkedHashMap<>();
            for (int i = 0; i < drafts.size(); i++) {
                SourceMessage source = drafts.get(i).source();
                if (source != null) {
                    first.putIfAbsent(source, ids.get(i));
                }
            }
            if (first.isEmpty()) {
                return first;
            }
            List<Claim> claims = first.entrySet().stream()
                    .map(entry -> new Claim(entry.getKey(), entry.getValue()))
                    .toList();
            Map<SourceMessage, NotificationId> owners = new HashMap<>(first);
            owners.putAll(sources.claim(claims));
            return owners;
        }

        private void openPreferences(Map<SourceMessage, NotificationId> owners, List<NotificationId> ids) {
            List<NotificationDraft> registrations = new ArrayList<>();
            Set<PreferencesId> seen = new HashSet<>();
            for (int i = 0; i < drafts.size(); i++) {
                NotificationDraft draft = drafts.get(i);
                if (draft.registration() != null
                        && owner(draft, ids.get(i), owners).equals(ids.get(i))
                        && seen.add(registered(draft))) {
                    registrations.add(draft);
                }
            }
            if (registrations.isEmpty()) {
                return;
            }
            log.prefetch(seen);
            registrations.forEach(draft -> units.dispatch(
                    new OpenPreferences(registered(draft), draft.requestedAt()),
                    draft.context().metadata()));
            recipients.save(registrations.stream()
                    .map(draft -> new Recipient(registered(draft).userId(), draft.recipient(), draft.recipientName()))
                    .toList());
        }

        private void request(NotificationDraft draft, NotificationId id, NotificationPreferences chosen) {
            List<Finding> findings = DeliveryPolicy.examine(draft.category(), chosen);
            Particulars particulars = new Particulars(
                    draft.context().serviceId(),
                    draft.userId(),
                    draft.category().type(),
                    Channel.EMAIL,
                    draft.lane(),
                    draft.template(),
                    draft.requestedAt());
            List<NotificationEvent> events = units.dispatch(
                    new RequestNotification(id, particulars, findings),
                    draft.context().metadata());
            NotificationStatus status = NotificationStatus.after(events.getLast());
            accepted.add(new Content(
                    id, draft.context().serviceId(), draft.recipient(), draft.recipientName(), draft.message()));
            if (status == NotificationStatus.QUEUED) {
                queued.add(new Queued(draft, id));
            }
            receipts.add(new Receipt(id, status, false));
        }

        private void enqueue(NotificationDraft draft, NotificationId id) {
            boolean atOnce = claimed.size() < places;
            entries.add(new DeliveryQueue.Entry(
                    id,
                    draft.context(),
                    Channel.EMAIL,
                    draft.lane(),
                    draft.requestedAt(),
                    atOnce ? Optional.of(leaseEnd) : Optional.empty()));
            if (atOnce) {
                claimed.add(new OutgoingMessage(
                        id,
                        1,
                        draft.lane(),
                        draft.context(),
                        draft.recipient(),
                        draft.recipientName(),
                        draft.message()));
            }
        }
    }

    private static NotificationId owner(
            NotificationDraft draft, NotificationId own, Map<SourceMessage, NotificationId> owners) {
        SourceMessage source = draft.source();
        return source == null ? own : owners.getOrDefault(source, own);
    }

    private static NotificationPreferences chosenBy(
            NotificationDraft draft, Map<PreferencesId, NotificationPreferences> chosen) {
        PreferencesId id = preferencesId(draft);
        return id == null
                ? new NotificationPreferences.Unset()
                : chosen.getOrDefault(id, new NotificationPreferences.Unset());
    }

    private static @Nullable PreferencesId preferencesId(NotificationDraft draft) {
        UserId userId = draft.userId();
        return userId == null ? null : new PreferencesId(userId);
    }

    private static PreferencesId registered(NotificationDraft draft) {
        return new PreferencesId(Objects.requireNonNull(draft.registration()).userId());
    }

    @Override
    public void close() {
        intake.close();
    }
}
