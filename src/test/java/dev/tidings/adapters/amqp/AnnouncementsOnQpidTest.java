package dev.tidings.adapters.amqp;

import dev.tidings.testing.PrivateQpid;

class AnnouncementsOnQpidTest extends AnnouncementsContract {

    @Override
    String url() {
        return PrivateQpid.shared().url();
    }
}
