/** Puts the use cases together with what is configured for them, and starts and stops them in order. */
@NullMarked
package dev.tidings.adapters.wiring;

import org.jspecify.annotations.NullMarked;
