/** Tidings: one service through which an organisation's other services reach people. */
@NullMarked
package dev.tidings;

import org.jspecify.annotations.NullMarked;
