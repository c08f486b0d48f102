/** Taking responsibility for notifications: from a request to the commit after which nobody need ask again. */
@NullMarked
package dev.tidings.application.acceptance;

import org.jspecify.annotations.NullMarked;
