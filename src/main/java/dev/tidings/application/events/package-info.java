/** What other services tell us, and what follows from it. */
@NullMarked
package dev.tidings.application.events;

import org.jspecify.annotations.NullMarked;
