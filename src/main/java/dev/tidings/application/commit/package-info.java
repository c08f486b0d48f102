/** Many orders, one commit. */
@NullMarked
package dev.tidings.application.commit;

import org.jspecify.annotations.NullMarked;
