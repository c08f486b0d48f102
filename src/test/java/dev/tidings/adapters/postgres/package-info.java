/** PostgreSQL: addresses, and which of several hosts is asked. */
@NullMarked
package dev.tidings.adapters.postgres;

import org.jspecify.annotations.NullMarked;
