/** How calls go wrong, and a vendor that makes them go wrong. */
@NullMarked
package dev.tidings.adapters.providers.http;

import org.jspecify.annotations.NullMarked;
