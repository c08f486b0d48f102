/** What could not be processed and was put aside: seen, tried again, or thrown away by a person. */
@NullMarked
package dev.tidings.application.parking;

import org.jspecify.annotations.NullMarked;
