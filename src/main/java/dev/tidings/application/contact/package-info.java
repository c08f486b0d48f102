/** Addresses as people write them. */
@NullMarked
package dev.tidings.application.contact;

import org.jspecify.annotations.NullMarked;
