package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateRabbit;

class DeliveryRequestsOnRabbitTest extends DeliveryRequestsContract {

    @Override
    String url() {
        return PrivateRabbit.shared().url();
    }
}
