/** The rules, in pure Java: they ask no clock, no database and no network. */
@NullMarked
package dev.tidings.domain;

import org.jspecify.annotations.NullMarked;
