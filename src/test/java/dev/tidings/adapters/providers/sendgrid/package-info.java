/** What is said to SendGrid, and what is made of what it says. */
@NullMarked
package dev.tidings.adapters.providers.sendgrid;

import org.jspecify.annotations.NullMarked;
