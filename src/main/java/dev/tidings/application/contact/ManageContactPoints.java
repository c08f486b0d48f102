package dev.tidings.application.contact;

import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.domain.recipient.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says where a person is reached. */
public final class ManageContactPoints {

    /** More nobody has; whoever registers more has lost count. */
    public static final int MOST = 50;

    private final UnitsOfWork units;
    private final ContactPoints contacts;
    private final Suppressions suppressions;
    private final InstantSource clock;

    public ManageContactPoints(
            UnitsOfWork units, ContactPoints contacts, Suppressions suppressions, InstantSource clock) {
        this.units = units;
        this.contacts = contacts;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    public List<ContactPoint> of(UserId userId) {
        return contacts.of(userId);
    }

    public record Registered(ContactPoint point, boolean isNew) {}

    /**
     * What is registered is there, whatever was found before: it is no longer thought {@linkplain SuppressionReason#GONE
     * gone}. Empty when the person has as many as anybody may have.
     */
    public Optional<Registered> register(UserId userId, Reach reach) {
        return units.inOneCommit(() -> {
            ContactPoint wanted = new ContactPoint(userId, reach, clock.instant());
            Optional<ContactPoint> known = find(userId, reach);
            if (!contacts.add(wanted, MOST)) {
                return Optional.empty();
            }
            suppressions.remove(reach, SuppressionReason.GONE);
            return Optional.of(new Registered(known.orElse(wanted), known.isEmpty()));
        });
    }

    private Optional<ContactPoint> find(UserId userId, Reach reach) {
        return contacts.of(userId).stream()
                .filter(point -> point.reach().equals(reach))
                .findAny();
    }

    /** Yields whether the person has a contact point of which that is true. */
    public boolean remove(UserId userId, Predicate<ContactPoint> which) {
        return contacts.of(userId).stream()
                .filter(which)
                .findAny()
                .map(point -> contacts.remove(userId, point.reach()))
                .orElse(false);
    }
}
