/** PostgreSQL: writes through JDBC on the primary, reads through R2DBC on the standby. */
@NullMarked
package dev.tidings.adapters.postgres;

import org.jspecify.annotations.NullMarked;
