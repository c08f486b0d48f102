/**
 * Two nodes on one set of ports, whose steps, crashes and providers' answers are drawn from a seed; what may never happen
 * is looked for after each.
 */
@NullMarked
package dev.tidings.simulation;

import org.jspecify.annotations.NullMarked;
