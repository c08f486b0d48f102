package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateRabbit;

class ParkedMessagesOnRabbitTest extends ParkedMessagesContract {

    @Override
    String url() {
        return PrivateRabbit.shared().url();
    }
}
