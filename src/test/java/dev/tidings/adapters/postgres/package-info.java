@NullMarked
package dev.tidings.adapters.postgres;

import org.jspecify.annotations.NullMarked;
