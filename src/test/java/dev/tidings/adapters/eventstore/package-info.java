/** Axon on a real PostgreSQL. */
@NullMarked
package dev.tidings.adapters.eventstore;

import org.jspecify.annotations.NullMarked;
