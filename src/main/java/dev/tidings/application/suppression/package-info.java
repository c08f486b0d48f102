/** Addresses that nothing is sent to any more. */
@NullMarked
package dev.tidings.application.suppression;

import org.jspecify.annotations.NullMarked;
