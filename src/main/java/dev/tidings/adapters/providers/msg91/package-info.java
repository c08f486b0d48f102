/** SMS and WhatsApp through MSG91 (its API v5, and v2 for SMS without a flow). */
@NullMarked
package dev.tidings.adapters.providers.msg91;

import org.jspecify.annotations.NullMarked;
