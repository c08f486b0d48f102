package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateQpid;

class UserEventsOnQpidTest extends UserEventsContract {

    @Override
    String url() {
        return PrivateQpid.shared().url();
    }

    /** Qpid reads it as a point in time, and drops what RabbitMQ would keep for ten minutes. */
    @Override
    String expiration() {
        return "4102444800000";
    }
}
