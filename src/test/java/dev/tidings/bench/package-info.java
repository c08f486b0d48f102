/** Measures the service as a process, on real parts, beside what the machine can do at most. Run by {@code make bench}. */
@NullMarked
package dev.tidings.bench;

import org.jspecify.annotations.NullMarked;
