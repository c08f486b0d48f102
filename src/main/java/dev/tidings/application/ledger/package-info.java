/** Whether every notification that was accepted has ended once, or waits. */
@NullMarked
package dev.tidings.application.ledger;

import org.jspecify.annotations.NullMarked;
