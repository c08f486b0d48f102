/** The texts of mails, as FreeMarker templates in a sandbox. */
@NullMarked
package dev.tidings.adapters.templates;

import org.jspecify.annotations.NullMarked;
