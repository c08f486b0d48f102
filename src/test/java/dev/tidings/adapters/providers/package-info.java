/** What every provider by HTTP has to do. */
@NullMarked
package dev.tidings.adapters.providers;

import org.jspecify.annotations.NullMarked;
