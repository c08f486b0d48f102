package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateRabbit;

class UserEventsOnRabbitTest extends UserEventsContract {

    @Override
    String url() {
        return PrivateRabbit.shared().url();
    }

    @Override
    String expiration() {
        return "600000";
    }
}
