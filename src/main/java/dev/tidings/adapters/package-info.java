/**
 * The world outside: each package below knows one piece of technology, and none of its siblings. What two of them need
 * is here.
 */
@NullMarked
package dev.tidings.adapters;

import org.jspecify.annotations.NullMarked;
