/** Through whom a message goes, and how much. */
@NullMarked
package dev.tidings.domain.provider;

import org.jspecify.annotations.NullMarked;
