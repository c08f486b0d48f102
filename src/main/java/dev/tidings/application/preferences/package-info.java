/** Keeping what people want to be told about. */
@NullMarked
package dev.tidings.application.preferences;

import org.jspecify.annotations.NullMarked;
