package dev.tidings.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationCommand.RequestNotification;
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
