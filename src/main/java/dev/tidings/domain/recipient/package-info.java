/** Who is reached, and where. */
@NullMarked
package dev.tidings.domain.recipient;

import org.jspecify.annotations.NullMarked;
