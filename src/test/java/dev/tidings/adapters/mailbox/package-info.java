/** The pages of the mailbox. */
@NullMarked
package dev.tidings.adapters.mailbox;

import org.jspecify.annotations.NullMarked;
