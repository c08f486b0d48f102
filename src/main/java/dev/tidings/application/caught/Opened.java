package dev.tidings.application.caught;

import dev.tidings.domain.notification.NotificationId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All there is to see of a caught message.
 *
 * @param notificationId absent where it isn't known
 * @param data what an app gets beside the text
 */
public record Opened(
        Caught message,
        @Nullable NotificationId notificationId,
        List<Header> headers,
        @Nullable String text,
        @Nullable String html,
        Map<String, String> data,
        List<Attachment> attachments) {

    public record Header(String name, String value) {}

    /** @param size bytes */
    public record Attachment(String name, String type, long size) {}
}
