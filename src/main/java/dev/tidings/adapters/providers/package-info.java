/** Providers that are reached by HTTP: each is one vendor's words for one channel, configured under a name. */
@NullMarked
package dev.tidings.adapters.providers;

import org.jspecify.annotations.NullMarked;
