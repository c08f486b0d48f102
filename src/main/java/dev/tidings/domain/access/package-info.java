/** Which service is calling. */
@NullMarked
package dev.tidings.domain.access;

import org.jspecify.annotations.NullMarked;
