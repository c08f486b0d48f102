package dev.tidings.adapters.mail;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.EmailAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the tests send, and by which settings. */
final class Samples {

    static final NotificationId ID = new NotificationId(UUID.fromString("0198c0de-0000-7000-8000-000000000001"));

    private Samples() {}

    static OutgoingMessage message() {
        return message("Hello", "Good news", "<p>Good news");
    }

    static OutgoingMessage message(String subject, String text, @Nullable String html) {
        return messageTo("Ada", "correlation-1", new Message(subject, text, html));
    }

    static OutgoingMessage messageTo(@Nullable String recipientName, @Nullable String correlationId, Message message) {
        return new OutgoingMessage(
                ID,
                1,
                Lane.NORMAL,
                new RequestContext(new ServiceId("tests"), correlationId, null),
                new EmailAddress("ada.lovelace@example.org"),
                recipientName,
                message,
                null,
                OutgoingMessage.LastLook.NOTHING);
    }

    /** As the configuration would bind them; names and values by turns. */
    static MailSettings settings(int port, Object... others) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "tidings.mail.host", "localhost",
                "tidings.mail.port", port,
                "tidings.mail.from-address", "no-reply@tidings.example",
                "tidings.mail.from-name", "Tidings"));
        for (int i = 0; i < others.length; i += 2) {
            properties.put("tidings.mail." + others[i], others[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("tidings.mail", MailSettings.class)
                .get();
    }
}
