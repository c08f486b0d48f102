/** The ports, kept in memory, and Tidings assembled over them: its real domain and application, without the outside. */
@NullMarked
package dev.tidings.application.doubles;

import org.jspecify.annotations.NullMarked;
