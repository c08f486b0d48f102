package dev.tidings.adapters.amqp;

import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.notification.RequestContext;
import java.util.function.Function;

/** A delivery request. Its context is the sender's until the trace is continued. */
record IncomingRequest(RequestContext context, Function<RequestContext, ComposeNotifications.Request> request)
        implements Incoming {

    static final String KIND = "DeliveryRequest";

    @Override
    public String kind() {
        return KIND;
    }

    ComposeNotifications.Request in(RequestContext context) {
        return request.apply(context);
    }
}
