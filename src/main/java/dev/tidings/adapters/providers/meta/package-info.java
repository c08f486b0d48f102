/** Reports of Meta's WhatsApp Cloud API. */
@NullMarked
package dev.tidings.adapters.providers.meta;

import org.jspecify.annotations.NullMarked;
