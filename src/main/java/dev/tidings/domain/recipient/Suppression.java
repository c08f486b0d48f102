package dev.tidings.domain.recipient;

import java.time.Instant;

/**
 * That, and why, nothing is sent to an address any more.
 *
 * @param source who found out: a provider's name, or {@code api}
 */
public record Suppression(SuppressionReason reason, String source, Instant since) {}
