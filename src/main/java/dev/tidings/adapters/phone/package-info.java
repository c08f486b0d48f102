/** Phone numbers by libphonenumber. */
@NullMarked
package dev.tidings.adapters.phone;

import org.jspecify.annotations.NullMarked;
