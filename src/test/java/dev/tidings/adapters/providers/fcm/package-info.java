/** What is said to the vendor, and what its answers are taken for. */
@NullMarked
package dev.tidings.adapters.providers.fcm;

import org.jspecify.annotations.NullMarked;
