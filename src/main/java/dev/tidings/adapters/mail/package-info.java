/** Mail by SMTP, over connections that are kept. */
@NullMarked
package dev.tidings.adapters.mail;

import org.jspecify.annotations.NullMarked;
