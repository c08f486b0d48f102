package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateRabbit;

class AnnouncementsOnRabbitTest extends AnnouncementsContract {

    @Override
    String url() {
        return PrivateRabbit.shared().url();
    }
}
