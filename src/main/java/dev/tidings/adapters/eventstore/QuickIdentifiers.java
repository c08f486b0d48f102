package dev.tidings.adapters.eventstore;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Ids of messages within Axon. They must differ, but need not be hard to guess: {@link UUID#randomUUID} asks the
 * operating system for each.
 */
public final class QuickIdentifiers extends IdentifierFactory {

    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    @Override
    public String generateIdentifier() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                        (random.nextLong() & ~0xF000L) | VERSION_4,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT)
                .toString();
    }
}
