/** {@code /mailbox}: what was caught instead of reaching a person, for people and for tools. */
@NullMarked
package dev.tidings.adapters.mailbox;

import org.jspecify.annotations.NullMarked;
