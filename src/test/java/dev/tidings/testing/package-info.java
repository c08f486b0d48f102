/** What tests of several parts need: the service in this process or in one of its own, and real things to run it on. */
@NullMarked
package dev.tidings.testing;

import org.jspecify.annotations.NullMarked;
