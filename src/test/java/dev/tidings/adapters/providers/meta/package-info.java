/** What is said to the vendor, and what its answers are taken for. */
@NullMarked
package dev.tidings.adapters.providers.meta;

import org.jspecify.annotations.NullMarked;
