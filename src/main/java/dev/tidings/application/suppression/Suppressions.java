package dev.tidings.application.suppression;

import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of those addresses, as it is on the primary. One address of one channel is on it once. */
public interface Suppressions {

    record Suppressed(Reach reach, Suppression suppression) {}

    /** Those of them that are on the list. */
    Map<Reach, Suppression> find(Collection<Reach> reaches);

    /**
     * Adds them, in the running transaction if there is one. Who is on the list already stays as they are, unless the new
     * reason stops everything and the old one doesn't.
     */
    void add(List<Suppressed> suppressed);

    /** Takes it off the list; yields what it was. */
    Optional<Suppression> remove(Reach reach);

    /** Takes it off the list if it is there for that reason. */
    boolean remove(Reach reach, SuppressionReason reason);

    /**
     * By channel and address; what is absent doesn't matter.
     *
     * @param after only what comes after this one, which the page before ended with
     * @param limit 1 to 200
     */
    List<Suppressed> list(
            @Nullable Channel channel, @Nullable SuppressionReason reason, @Nullable Reach after, int limit);
}
