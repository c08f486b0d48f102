package dev.tidings.adapters.amqp;

import java.io.IOException;

/** A message's properties and headers must fit in one frame: 128 KiB at RabbitMQ, unless configured otherwise. */
final class HeadersTooLong extends IOException {

    private static final long serialVersionUID = 1L;
}
