@NullMarked
package dev.tidings.application.reports;

import org.jspecify.annotations.NullMarked;
