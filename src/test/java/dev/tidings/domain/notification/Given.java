package dev.tidings.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.domain.notification.NotificationCommand.Cancel;
import dev.tidings.domain.notification.NotificationCommand.Expire;
import dev.tidings.domain.notification.NotificationCommand.Intervention;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RecordReport;
import dev.tidings.domain.notification.NotificationCommand.Redrive;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
import dev.tidings.domain.notification.NotificationCommand.Reschedule;
import dev.tidings.domain.notification.NotificationCommand.Resolve;
import java.util.List;

/** Given these events, when it is ordered, then these events follow. The chance in a retry's jitter is the middle. */
record Given(NotificationRequest request) {

    static final double MIDDLE = 0.5;

    static Given nothing() {
        return new Given(new NotificationRequest.Unborn());
    }

    static Given given(NotificationEvent... events) {
        NotificationRequest request = new NotificationRequest.Unborn();
        for (NotificationEvent event : events) {
            request = request.evolve(event);
        }
        return new Given(request);
    }

    Then when(RequestNotification command) {
        return new Then(request.decide(command));
    }

    Then when(RecordAttempt command) {
        return when(command, MIDDLE);
    }

    Then when(RecordAttempt command, double chance) {
        return new Then(List.copyOf(request.decide(command, Notifications.CATEGORIES, chance)));
    }

    Then when(RecordReport command) {
        return new Then(request.decide(command));
    }

    Then when(Intervention command) {
        return new Then(List.copyOf(
                switch (command) {
                    case Reschedule it -> request.decide(it);
                    case Cancel it -> request.decide(it);
                    case Expire it -> request.decide(it);
                    case Redrive it -> request.decide(it, Notifications.CATEGORIES);
                    case Resolve it -> request.decide(it);
                }));
    }

    /** And then this was ordered, and led to whatever it leads to. */
    Given and(NotificationCommand command) {
        List<NotificationEvent> events = switch (command) {
            case RequestNotification it -> when(it).events;
            case RecordAttempt it -> when(it).events;
            case RecordReport it -> when(it).events;
            case Intervention it -> when(it).events;
        };
        NotificationRequest next = request;
        for (NotificationEvent event : events) {
            next = next.evolve(event);
        }
        return new Given(next);
    }

    void whenRefused(Intervention command, NotificationRefused.Reason reason) {
        assertThatExceptionOfType(NotificationRefused.class)
                .isThrownBy(() -> when(command))
                .withMessageContaining(command.notificationId().toString())
                .extracting(NotificationRefused::reason)
                .isEqualTo(reason);
    }

    void whenRefused(RecordAttempt command, NotificationRefused.Reason reason) {
        assertThatExceptionOfType(NotificationRefused.class)
                .isThrownBy(() -> when(command))
                .withMessageContaining(command.notificationId().toString())
                .extracting(NotificationRefused::reason)
                .isEqualTo(reason);
    }

    record Then(List<NotificationEvent> events) {

        void then(NotificationEvent... expected) {
            assertThat(events).containsExactly(expected);
        }

        void thenNothing() {
            assertThat(events).isEmpty();
        }
    }
}
