package dev.tidings.adapters.operations;

import java.time.Duration;

/**
 * How far one processor is behind the log: the age of the oldest event that it has not handled.
 *
 * @param failing it has met an error and pauses before it tries again
 */
record ProjectionLag(String processor, Duration lag, boolean failing) {}
