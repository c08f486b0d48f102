/** What has no address, inside the process: a real PostgreSQL with a standby, an AMQP broker, a mail catcher. */
@NullMarked
package dev.tidings.adapters.embedded;

import org.jspecify.annotations.NullMarked;
