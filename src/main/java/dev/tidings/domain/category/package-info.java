/** What may be sent, and how: the types of notification, and what the organisation decided about each. */
@NullMarked
package dev.tidings.domain.category;

import org.jspecify.annotations.NullMarked;
