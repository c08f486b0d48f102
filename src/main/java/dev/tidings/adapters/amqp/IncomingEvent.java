package dev.tidings.adapters.amqp;

import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.events.UserEvent;
import dev.tidings.application.notification.RequestContext;
import org.jspecify.annotations.Nullable;

/** @param source absent if the event has no id */
record IncomingEvent(
        EventType type, UserEvent event, @Nullable SourceMessage source, RequestContext context) implements Incoming {

    @Override
    public String kind() {
        return type.wireName();
    }
}
