/** The life of a notification: what may happen to it, and why it was or wasn't sent. */
@NullMarked
package dev.tidings.domain.notification;

import org.jspecify.annotations.NullMarked;
