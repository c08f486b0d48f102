@NullMarked
package dev.tidings.adapters.amqp;

import org.jspecify.annotations.NullMarked;
