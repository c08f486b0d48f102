/** SMS and WhatsApp through Twilio's Programmable Messaging (API of 2010-04-01). */
@NullMarked
package dev.tidings.adapters.providers.twilio;

import org.jspecify.annotations.NullMarked;
