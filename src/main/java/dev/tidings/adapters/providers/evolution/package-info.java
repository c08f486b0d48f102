/** WhatsApp through an Evolution API (v2), which somebody runs themselves. */
@NullMarked
package dev.tidings.adapters.providers.evolution;

import org.jspecify.annotations.NullMarked;
