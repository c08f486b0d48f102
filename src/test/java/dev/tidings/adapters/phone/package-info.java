/** Phone numbers: which are taken, and what is said of the others. */
@NullMarked
package dev.tidings.adapters.phone;

import org.jspecify.annotations.NullMarked;
