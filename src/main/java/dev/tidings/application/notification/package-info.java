/** What became of notifications: their log, their views, and what callers are told. */
@NullMarked
package dev.tidings.application.notification;

import org.jspecify.annotations.NullMarked;
