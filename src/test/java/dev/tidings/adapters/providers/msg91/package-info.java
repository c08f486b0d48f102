/** What is said to MSG91, and what is made of what it says. */
@NullMarked
package dev.tidings.adapters.providers.msg91;

import org.jspecify.annotations.NullMarked;
