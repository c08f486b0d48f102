/** A client of a running Tidings that knows nothing but its public contracts: AMQP and HTTP. */
@NullMarked
package dev.tidings.adapters.demo;

import org.jspecify.annotations.NullMarked;
