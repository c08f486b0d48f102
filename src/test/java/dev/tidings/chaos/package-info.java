/**
 * The kill matrix: each part of a whole installation is killed, frozen, cut off or made to fail in the middle of a load,
 * and everything that was accepted is accounted for. Run by {@code make chaos}.
 */
@NullMarked
package dev.tidings.chaos;

import org.jspecify.annotations.NullMarked;
