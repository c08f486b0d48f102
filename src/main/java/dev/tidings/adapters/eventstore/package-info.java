/** Axon on PostgreSQL: the event log, the command bus, and the processors that follow the log. */
@NullMarked
package dev.tidings.adapters.eventstore;

import org.jspecify.annotations.NullMarked;
