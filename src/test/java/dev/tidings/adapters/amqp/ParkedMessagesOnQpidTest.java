package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateQpid;

class ParkedMessagesOnQpidTest extends ParkedMessagesContract {

    @Override
    String url() {
        return PrivateQpid.shared().url();
    }
}
