package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateQpid;

class DeliveryRequestsOnQpidTest extends DeliveryRequestsContract {

    @Override
    String url() {
        return PrivateQpid.shared().url();
    }
}
