/** What adapters share. */
@NullMarked
package dev.tidings.adapters;

import org.jspecify.annotations.NullMarked;
