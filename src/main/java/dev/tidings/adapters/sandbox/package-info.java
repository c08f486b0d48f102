/** Providers that reach nobody: they keep what they take, and play what recipients of the simulator do. */
@NullMarked
package dev.tidings.adapters.sandbox;

import org.jspecify.annotations.NullMarked;
