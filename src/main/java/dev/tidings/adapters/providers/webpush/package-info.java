/** Push to browsers by the W3C Push API: RFC 8030, encrypted by RFC 8291, signed by RFC 8292. */
@NullMarked
package dev.tidings.adapters.providers.webpush;

import org.jspecify.annotations.NullMarked;
