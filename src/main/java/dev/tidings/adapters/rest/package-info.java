/** The native HTTP API: requests in, answers and RFC 9457 problems out, and the OpenAPI document that describes them. */
@NullMarked
package dev.tidings.adapters.rest;

import org.jspecify.annotations.NullMarked;
