package dev.tidings.adapters.operations;

import java.time.Duration;

/** How far one processor is behind the log: the age of the oldest event that it has not handled. */
record ProjectionLag(String processor, Duration lag) {}
