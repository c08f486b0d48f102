package dev.tidings.adapters.mail;

/**
 * A mail that is ready to be handed over.
 *
 * @param content headers and body with CRLF line ends, the last line included; ASCII only
 */
record Mail(String messageId, String sender, String recipient, Octets content) {}
