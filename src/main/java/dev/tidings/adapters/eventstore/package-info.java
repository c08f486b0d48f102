/** Axon on PostgreSQL: the event log, the command bus, and what follows the log. */
@NullMarked
package dev.tidings.adapters.eventstore;

import org.jspecify.annotations.NullMarked;
