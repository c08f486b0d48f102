@NullMarked
package dev.tidings.domain.provider;

import org.jspecify.annotations.NullMarked;
