/** Where people are reached. */
@NullMarked
package dev.tidings.application.contact;

import org.jspecify.annotations.NullMarked;
