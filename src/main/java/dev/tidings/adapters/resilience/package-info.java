/** Circuit breakers by Resilience4j. */
@NullMarked
package dev.tidings.adapters.resilience;

import org.jspecify.annotations.NullMarked;
