/** What is said to an Evolution API, and what is made of what it says. */
@NullMarked
package dev.tidings.adapters.providers.evolution;

import org.jspecify.annotations.NullMarked;
