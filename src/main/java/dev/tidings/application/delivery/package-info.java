/** From the queue to the provider and back. */
@NullMarked
package dev.tidings.application.delivery;

import org.jspecify.annotations.NullMarked;
