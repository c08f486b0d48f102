/** What Tidings does for those who call it, and the ports through which it reaches the world. */
@NullMarked
package dev.tidings.application;

import org.jspecify.annotations.NullMarked;
