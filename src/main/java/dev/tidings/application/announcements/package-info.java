/** What Tidings tells other services. */
@NullMarked
package dev.tidings.application.announcements;

import org.jspecify.annotations.NullMarked;
