package dev.tidings.adapters.postgres;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.doubles.ScriptedProvider;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.testing.TidingsHere;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notifications whose address says what becomes of them. */
final class MixedRun {

    private static final Failure BUSY = new Failure("451", "not now");

    private final AcceptNotifications accept;
    private final Categories categories;
    private final ServiceId service;

    MixedRun(TidingsHere tidings, String service) {
        this.accept = tidings.get(AcceptNotifications.class);
        this.categories = tidings.get(Categories.class);
        this.service = new ServiceId(service);
        tidings.get(ScriptedProvider.class).answerAll(message -> outcome(message.recipient()));
    }

    private static SendOutcome outcome(Address address) {
        String name = address.value();
        if (name.startsWith("refused")) {
            return new SendOutcome.FailedForGood(new Failure("550", "no such mailbox"));
        }
        if (name.startsWith("later")) {
            return new SendOutcome.FailedForNow(BUSY, Duration.ofHours(1));
        }
        if (name.startsWith("lost")) {
            return new SendOutcome.Unknown(new Failure("timeout", "no answer"));
        }
        return new SendOutcome.Accepted("taken");
    }

    ServiceId service() {
        return service;
    }

    NotificationId accept(String name) {
        return accept(name, null, null);
    }

    NotificationId scheduled(String name) {
        return accept(name, Instant.now().plus(Duration.ofHours(1)), null);
    }

    NotificationId expiringAtOnce(String name) {
        Instant now = Instant.now();
        return accept(name, now.plus(Duration.ofHours(1)), now.plusMillis(200));
    }

    private NotificationId accept(String name, @Nullable Instant sendAt, @Nullable Instant expiresAt) {
        Category marketing = categories.find(new NotificationType("marketing")).orElseThrow();
        return accept.accept(new NotificationDraft(
                        new RequestContext(service, "c-" + name, null),
                        null,
                        null,
                        null,
                        Channel.EMAIL,
                        new EmailAddress(name + "@example.org"),
                        null,
                        marketing,
                        marketing.lane(),
                        null,
                        new Message("Hello", "Hello " + name, null),
                        null,
                        Instant.now(),
                        sendAt,
                        expiresAt,
                        false,
                        null,
                        null))
                .join()
                .notificationId();
    }
}
