/** Says how the service is: health, metrics, alerts, logs, traces. */
@NullMarked
package dev.tidings.adapters.operations;

import org.jspecify.annotations.NullMarked;
