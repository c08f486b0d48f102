/** What a person wants to be told about. */
@NullMarked
package dev.tidings.domain.preferences;

import org.jspecify.annotations.NullMarked;
