/** One HTTP call to a provider, and what is certain about it afterwards. */
@NullMarked
package dev.tidings.adapters.providers.http;

import org.jspecify.annotations.NullMarked;
