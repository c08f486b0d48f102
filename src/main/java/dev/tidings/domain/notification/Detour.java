package dev.tidings.domain.notification;

import java.time.Instant;

/** A provider that could not, or could not now, take a message, so that another one was asked in the same attempt. */
public record Detour(ProviderName provider, Failure failure, Instant at) {}
