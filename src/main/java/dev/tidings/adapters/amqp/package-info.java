/** What other services tell Tidings and what Tidings tells them, through an AMQP 0-9-1 broker. */
@NullMarked
package dev.tidings.adapters.amqp;

import org.jspecify.annotations.NullMarked;
