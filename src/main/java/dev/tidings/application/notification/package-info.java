/** Accepting notifications, and telling what became of them. */
@NullMarked
package dev.tidings.application.notification;

import org.jspecify.annotations.NullMarked;
