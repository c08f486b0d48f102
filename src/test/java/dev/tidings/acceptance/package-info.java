/** The whole service, as those who use it see it: events and calls in, mail and announcements out. */
@NullMarked
package dev.tidings.acceptance;

import org.jspecify.annotations.NullMarked;
