package dev.tidings.adapters.mailbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tools get of an opened message. */
record MailboxJson(
        @JsonUnwrapped Row row,
        @JsonProperty("notification_id") @Nullable String notificationId,
        List<Opened.Header> headers,
        @Nullable String text,
        @Nullable String html,
        Map<String, String> data,
        List<Opened.Attachment> attachments) {

    static MailboxJson of(Opened opened) {
        return new MailboxJson(
                Row.of(opened.message()),
                opened.notificationId() == null ? null : opened.notificationId().toString(),
                opened.headers(),
                opened.text(),
                opened.html(),
                opened.data(),
                opened.attachments());
    }

    /** @param id a number for a mail, a text for others */
    record Row(Object id, String channel, Instant received, String from, List<String> to, String subject, long size) {

        static Row of(Caught message) {
            return new Row(
                    message.id().chars().allMatch(Character::isDigit)
                            ? (Object) Long.valueOf(message.id())
                            : message.id(),
                    Words.of(message.channel()),
                    message.received(),
                    message.from(),
                    message.to(),
                    message.subject(),
                    message.size());
        }
    }
}
