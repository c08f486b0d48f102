/** Mail through SendGrid (its Web API v3). */
@NullMarked
package dev.tidings.adapters.providers.sendgrid;

import org.jspecify.annotations.NullMarked;
