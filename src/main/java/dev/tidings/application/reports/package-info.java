/** What providers tell us later of what they took. */
@NullMarked
package dev.tidings.application.reports;

import org.jspecify.annotations.NullMarked;
