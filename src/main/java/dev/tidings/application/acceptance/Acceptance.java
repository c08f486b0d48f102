package dev.tidings.application.acceptance;

import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.AcceptNotifications.Ports;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.SourceMessages.Known;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.notification.DeliveryPolicy;
import dev.tidings.domain.notification.DeliveryPolicy.Circumstances;
import dev.tidings.domain.notification.Finding;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesCommand.OpenPreferences;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one commit is made of: the drafts that arrived together, and all that is written about them. */
final class Acceptance {

    private final UnitsOfWork units;
    private final Ports ports;
    private final List<Candidate> candidates;
    private final Places places;
    private final Map<NotificationId, Receipt> receiptOf = new HashMap<>();
    private final List<Optional<Receipt>> receipts = new ArrayList<>();

    /** A draft, with the id that it will go by unless its source is known already. */
    record Candidate(NotificationDraft draft, NotificationId id) {

        private @Nullable SourceMessage source() {
            Source source = draft.source();
            return source == null ? null : source.message();
        }

        private void checkTimes() {
            InvalidInput tooLate = draft.tooLate();
            if (tooLate != null) {
                throw tooLate;
            }
        }

        private Reach reach() {
            return new Reach(draft.channel(), draft.recipient());
        }

        private boolean mayBeACopy() {
            return !draft.copies() && draft.category().copiesWithin().isPositive();
        }

        private @Nullable PreferencesId person() {
            UserId userId = draft.userId();
            return userId == null ? null : new PreferencesId(userId);
        }

        private Optional<PreferencesId> registered() {
            return Optional.ofNullable(draft.registration())
                    .map(registration -> new PreferencesId(registration.userId()));
        }
    }

    Acceptance(UnitsOfWork units, Ports ports, List<Candidate> candidates, Places places) {
        this.units = units;
        this.ports = ports;
        this.candidates = candidates;
        this.places = places;
    }

    /** In the order of the candidates; none where a source was known, but had said something else. */
    List<Optional<Receipt>> receipts() {
        return receipts;
    }

    Acceptance write() {
        Map<SourceMessage, Known> known = claimSources();
        List<Candidate> fresh = candidates.stream()
                .filter(candidate -> owner(candidate, known).equals(candidate.id))
                .toList();
        fresh.forEach(Candidate::checkTimes);
        Map<PreferencesId, NotificationPreferences> chosen = ports.preferences()
                .find(fresh.stream().flatMap(Acceptance::people).distinct().toList());
        openPreferences(fresh, chosen);
        Map<NotificationId, NotificationId> copies = findCopies(fresh);
        Map<Reach, Suppression> suppressed = ports.suppressions()
                .find(fresh.stream().map(Candidate::reach).distinct().toList());
        Map<NotificationId, List<Finding>> findings = new HashMap<>();
        fresh.forEach(candidate -> findings.put(
                candidate.id, examine(candidate, chosen, copies.get(candidate.id), suppressed.get(candidate.reach()))));
        heedLimits(fresh, findings);
        fresh.forEach(candidate ->
                request(candidate, Objects.requireNonNull(findings.get(candidate.id)), copies.get(candidate.id)));
        ports.contents().add(fresh.stream().map(Acceptance::content).toList());
        ports.queue().add(entries(fresh));
        addFallbacks(fresh);
        answer(fresh);
        candidates.forEach(candidate -> receipts.add(receipt(candidate, known)));
        return this;
    }

    /** Of two with the same source that arrived together, the first has it. */
    private Map<SourceMessage, Known> claimSources() {
        Map<SourceMessage, SourceMessages.Claim> claims = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            Source source = candidate.draft.source();
            if (source != null) {
                claims.putIfAbsent(
                        source.message(),
                        new SourceMessages.Claim(
                                source.message(), source.fingerprint(), candidate.id, NotificationStatus.QUEUED));
            }
        }
        if (claims.isEmpty()) {
            return Map.of();
        }
        Map<SourceMessage, Known> known = new HashMap<>();
        claims.values()
                .forEach(claim -> known.put(
                        claim.message(), new Known(claim.notificationId(), claim.fingerprint(), claim.answer())));
        known.putAll(ports.sources().claim(List.copyOf(claims.values())));
        return known;
    }

    private static NotificationId owner(Candidate candidate, Map<SourceMessage, Known> known) {
        SourceMessage source = candidate.source();
        return source == null
                ? candidate.id
                : Objects.requireNonNull(known.get(source)).notificationId();
    }

    private static Stream<PreferencesId> people(Candidate candidate) {
        return Stream.concat(Stream.ofNullable(candidate.person()), candidate.registered().stream());
    }

    private void openPreferences(List<Candidate> fresh, Map<PreferencesId, NotificationPreferences> chosen) {
        Map<PreferencesId, Candidate> registrations = new LinkedHashMap<>();
        fresh.forEach(
                candidate -> candidate.registered().ifPresent(person -> registrations.putIfAbsent(person, candidate)));
        registrations.forEach((person, candidate) -> {
            if (chosen.get(person) instanceof NotificationPreferences.Unset) {
                units.dispatch(
                        new OpenPreferences(person, candidate.draft.requestedAt()),
                        candidate.draft.context().metadata());
            }
        });
        ports.recipients()
                .save(registrations.entrySet().stream()
                        .map(entry -> recipient(entry.getKey(), entry.getValue().draft))
                        .toList());
    }

    private static Recipient recipient(PreferencesId person, NotificationDraft draft) {
        return new Recipient(
                person.userId(), draft.recipient() instanceof EmailAddress email ? email : null, draft.recipientName());
    }

    /** By the copy, the notification that it is a copy of. */
    private Map<NotificationId, NotificationId> findCopies(List<Candidate> fresh) {
        Map<Fingerprint, RecentMessages.Claim> firsts = new LinkedHashMap<>();
        Map<NotificationId, Fingerprint> fingerprints = new HashMap<>();
        Instant now = Instant.MAX;
        for (Candidate candidate : fresh) {
            if (candidate.mayBeACopy()) {
                NotificationDraft draft = candidate.draft;
                Fingerprint fingerprint = draft.fingerprint();
                Duration within = draft.category().copiesWithin();
                fingerprints.put(candidate.id, fingerprint);
                firsts.putIfAbsent(
                        fingerprint,
                        new RecentMessages.Claim(
                                fingerprint, candidate.id, draft.requestedAt().plus(within)));
                now = now.isBefore(draft.requestedAt()) ? now : draft.requestedAt();
            }
        }
        if (firsts.isEmpty()) {
            return Map.of();
        }
        Map<Fingerprint, NotificationId> earlier = ports.recent().claim(List.copyOf(firsts.values()), now);
        Map<NotificationId, NotificationId> copies = new HashMap<>();
        fingerprints.forEach((id, fingerprint) -> {
            NotificationId first = earlier.getOrDefault(
                    fingerprint, Objects.requireNonNull(firsts.get(fingerprint)).notificationId());
            if (!first.equals(id)) {
                copies.put(id, first);
            }
        });
        return copies;
    }

    private static List<Finding> examine(
            Candidate candidate,
            Map<PreferencesId, NotificationPreferences> chosen,
            @Nullable NotificationId copyOf,
            @Nullable Suppression suppression) {
        NotificationDraft draft = candidate.draft;
        NotificationPreferences preferences =
                Optional.ofNullable(candidate.person()).map(chosen::get).orElseGet(NotificationPreferences.Unset::new);
        List<Finding> examined =
                DeliveryPolicy.examine(new Circumstances(draft.category(), preferences, copyOf, suppression));
        Fallback fallback = draft.fallback();
        return fallback == null
                ? examined
                : with(
                        new Finding(Rule.FALLBACK, fallback.told(Objects.requireNonNull(draft.sendAt())), Verdict.SEND),
                        examined);
    }

    /** What is suppressed anyway doesn't count. Everybody counts in the order of the addresses: nobody waits in a circle. */
    private void heedLimits(List<Candidate> fresh, Map<NotificationId, List<Finding>> findings) {
        fresh.stream()
                .filter(candidate -> candidate.draft.category().recipientLimit() != null)
                .filter(candidate -> Objects.requireNonNull(findings.get(candidate.id)).stream()
                        .allMatch(finding -> finding.verdict() == Verdict.SEND))
                .sorted(Comparator.comparing((Candidate candidate) -> candidate.draft.channel())
                        .thenComparing(candidate -> candidate.draft.recipient().value()))
                .forEach(candidate ->
                        findings.computeIfPresent(candidate.id, (_, examined) -> with(limit(candidate), examined)));
    }

    private Finding limit(Candidate candidate) {
        NotificationDraft draft = candidate.draft;
        RecipientLimit limit = Objects.requireNonNull(draft.category().recipientLimit());
        boolean isRoom = ports.limits().take(candidate.reach(), draft.category().type(), limit, draft.requestedAt());
        return DeliveryPolicy.recipientLimit(draft.category().type(), limit, isRoom);
    }

    private static List<Finding> with(Finding more, List<Finding> examined) {
        List<Finding> findings = new ArrayList<>(examined);
        findings.add(more);
        return findings;
    }

    private void request(Candidate candidate, List<Finding> findings, @Nullable NotificationId copyOf) {
        NotificationDraft draft = candidate.draft;
        List<NotificationEvent> events = units.dispatch(
                new RequestNotification(candidate.id, particulars(draft), findings, draft.sendAt()),
                draft.context().metadata());
        receiptOf.put(
                candidate.id, new Receipt(candidate.id, NotificationStatus.after(events.getLast()), false, copyOf));
    }

    private void addFallbacks(List<Candidate> fresh) {
        List<Fallbacks.Link> links = new ArrayList<>(0);
        for (Candidate candidate : fresh) {
            Fallback fallback = candidate.draft.fallback();
            if (fallback != null && !status(candidate).isEnd()) {
                fallback.earlier()
                        .forEach(earlier -> links.add(new Fallbacks.Link(earlier, candidate.id, fallback.until())));
            }
        }
        if (!links.isEmpty()) {
            ports.fallbacks().add(links);
        }
    }

    private static Particulars particulars(NotificationDraft draft) {
        return new Particulars(
                draft.context().serviceId(),
                draft.userId(),
                draft.category().type(),
                draft.channel(),
                draft.lane(),
                draft.template(),
                draft.requestedAt(),
                draft.expiresAt());
    }

    private static Content content(Candidate candidate) {
        NotificationDraft draft = candidate.draft;
        return new Content(
                candidate.id,
                draft.context().serviceId(),
                draft.category().type(),
                draft.channel(),
                draft.recipient(),
                draft.recipientName(),
                draft.message(),
                draft.provider());
    }

    private List<DeliveryQueue.Entry> entries(List<Candidate> fresh) {
        return fresh.stream()
                .filter(candidate -> !status(candidate).isEnd())
                .sorted(Comparator.comparing(candidate -> candidate.draft.lane()))
                .map(this::entry)
                .toList();
    }

    private DeliveryQueue.Entry entry(Candidate candidate) {
        NotificationDraft draft = candidate.draft;
        Instant sendAt = draft.sendAt();
        return new DeliveryQueue.Entry(
                candidate.id,
                draft.context(),
                draft.channel(),
                draft.lane(),
                sendAt == null ? draft.requestedAt() : sendAt,
                draft.expiresAt(),
                0,
                places.claim(draft, candidate.id));
    }

    private void answer(List<Candidate> fresh) {
        Map<SourceMessage, NotificationStatus> otherwise = new HashMap<>();
        for (Candidate candidate : fresh) {
            SourceMessage source = candidate.source();
            if (source != null && status(candidate) != NotificationStatus.QUEUED) {
                otherwise.put(source, status(candidate));
            }
        }
        if (!otherwise.isEmpty()) {
            ports.sources().answer(otherwise);
        }
    }

    private NotificationStatus status(Candidate candidate) {
        return Objects.requireNonNull(receiptOf.get(candidate.id)).status();
    }

    private Optional<Receipt> receipt(Candidate candidate, Map<SourceMessage, Known> known) {
        Receipt own = receiptOf.get(candidate.id);
        if (own != null) {
            return Optional.of(own);
        }
        Source source = Objects.requireNonNull(candidate.draft.source());
        Known first = Objects.requireNonNull(known.get(source.message()));
        if (!first.fingerprint().equals(source.fingerprint())) {
            return Optional.empty();
        }
        Receipt inThisCommit = receiptOf.get(first.notificationId());
        return Optional.of(new Receipt(
                first.notificationId(), inThisCommit == null ? first.answer() : inThisCommit.status(), true, null));
    }
}
