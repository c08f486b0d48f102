/** What people, services and time decide about notifications that were accepted earlier. */
@NullMarked
package dev.tidings.application.intervention;

import org.jspecify.annotations.NullMarked;
