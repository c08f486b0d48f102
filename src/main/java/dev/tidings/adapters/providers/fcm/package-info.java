/** Push to apps by Firebase Cloud Messaging, HTTP v1. */
@NullMarked
package dev.tidings.adapters.providers.fcm;

import org.jspecify.annotations.NullMarked;
