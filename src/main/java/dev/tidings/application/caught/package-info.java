/** Messages that were kept here instead of reaching a person. */
@NullMarked
package dev.tidings.application.caught;

import org.jspecify.annotations.NullMarked;
