/** The layers and their rules, each shown to bite. */
@NullMarked
package dev.tidings.architecture;

import org.jspecify.annotations.NullMarked;
