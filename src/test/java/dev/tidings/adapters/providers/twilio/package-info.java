/** What is said to Twilio, and what is made of what it says. */
@NullMarked
package dev.tidings.adapters.providers.twilio;

import org.jspecify.annotations.NullMarked;
