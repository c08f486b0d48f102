package dev.tidings.application.delivery;

import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.delivery.ProviderMessages.Known;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import java.util.List;
import java.util.stream.Stream;

/** What else is to be kept of attempts, in the commit that puts them on record. */
public final class Aftermath {

    private final ProviderMessages messages;
    private final Suppressions suppressions;
    private final ContactPoints contacts;

    public Aftermath(ProviderMessages messages, Suppressions suppressions, ContactPoints contacts) {
        this.messages = messages;
        this.suppressions = suppressions;
        this.contacts = contacts;
    }

    void of(List<AttemptReport> reports) {
        List<Known> known = reports.stream().flatMap(Aftermath::known).toList();
        if (!known.isEmpty()) {
            messages.add(known);
        }
        suppress(reports.stream().flatMap(Aftermath::gone).toList());
    }

    private static Stream<Known> known(AttemptReport report) {
        RecordAttempt record = report.record();
        ProviderName provider = record.provider();
        String id = report.reportsLater() && record.outcome() instanceof SendOutcome.Accepted accepted
                ? accepted.providerMessageId()
                : null;
        return provider == null || id == null
                ? Stream.empty()
                : Stream.of(new Known(provider, id, record.notificationId(), record.attempt(), record.endedAt()));
    }

    private static Stream<Suppressed> gone(AttemptReport report) {
        RecordAttempt record = report.record();
        ProviderName provider = record.provider();
        Reach recipient = report.recipient();
        return provider != null
                        && recipient != null
                        && record.outcome() instanceof SendOutcome.RecipientGone(var _, var reason)
                ? Stream.of(new Suppressed(recipient, new Suppression(reason, provider.value(), record.endedAt())))
                : Stream.empty();
    }

    /** Nothing is sent there any more, and where there is nobody nothing is tried. */
    public void suppress(List<Suppressed> suppressed) {
        if (suppressed.isEmpty()) {
            return;
        }
        suppressions.add(suppressed);
        List<Reach> nobody = suppressed.stream()
                .filter(each -> switch (each.suppression().reason()) {
                    case GONE -> true;
                    case BOUNCED, OPTED_OUT, COMPLAINED, UNSUBSCRIBED, MANUAL -> false;
                })
                .map(Suppressed::reach)
                .toList();
        if (!nobody.isEmpty()) {
            contacts.forget(nobody);
        }
    }
}
