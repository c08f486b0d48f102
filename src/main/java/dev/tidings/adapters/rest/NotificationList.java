package dev.tidings.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.application.notification.NotificationReads.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(description = "A page of notifications, newest first.")
record NotificationList(
        List<NotificationDetails> items,

        @JsonInclude
        @Schema(
                types = {"string", "null"},
                description = "The cursor of the next page; null on the last one.",
                example = "AZLwxH0efMOdGw9qT14rPA")
        @Nullable String next) {

    static NotificationList from(Page page) {
        return new NotificationList(
                page.items().stream().map(NotificationDetails::from).toList(),
                page.more() ? Cursor.after(page.items().getLast().view().notificationId()) : null);
    }
}
