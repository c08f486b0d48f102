package dev.tidings.adapters.amqp;

import dev.tidings.application.notification.RequestContext;

/** A message that was understood. */
interface Incoming {

    /** As it is counted and traced: of a small set. */
    String kind();

    RequestContext context();
}
