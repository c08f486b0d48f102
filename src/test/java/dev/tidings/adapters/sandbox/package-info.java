/** The sandbox: what its recipients do, what it keeps, and what it says later. */
@NullMarked
package dev.tidings.adapters.sandbox;

import org.jspecify.annotations.NullMarked;
