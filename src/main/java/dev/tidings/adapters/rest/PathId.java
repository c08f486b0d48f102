package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.domain.notification.NotificationId;
import java.util.Objects;

/** A notification's id in a path. */
final class PathId {

    /** What is not another path's word, so that a wrong method there is told as such. */
    static final String PATTERN = "{id:(?!send$|batch$|history$|redrive$|preferences$).*}";

    private PathId() {}

    static NotificationId parse(String text) {
        Fields fields = new Fields();
        NotificationId id = fields.required("id", text, NotificationId::of);
        fields.check();
        return Objects.requireNonNull(id);
    }
}
