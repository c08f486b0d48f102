package dev.tidings.application.doubles;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/** Tokens of one segment each, with claims that end after ten seconds. They take part in transactions. */
public final class InMemoryTokens {

    public static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final InMemoryTransactions transactions;
    private final Table<String, Entry> entries;
    private final AtomicInteger stored = new AtomicInteger();

    private record Entry(
            @Nullable TrackingToken token, @Nullable String owner, Instant claimedAt) {}

    public InMemoryTokens(InstantSource clock, InMemoryTransactions transactions) {
        this.clock = clock;
        this.transactions = transactions;
        this.entries = new Table<>(transactions);
    }

    /** As a node sees them. */
    public TokenStore of(String node) {
        return new OfNode(node);
    }

    public Optional<TrackingToken> token(String processor) {
        return entries.get(processor).map(Entry::token);
    }

    public Optional<String> owner(String processor) {
        return entries.get(processor).map(Entry::owner);
    }

    /** How often a token was stored. */
    public int stored() {
        return stored.get();
    }

    private final class OfNode implements TokenStore {

        private final String node;

        OfNode(String node) {
            this.node = node;
        }

        @Override
        public void initializeTokenSegments(String processor, int count) {
            initializeTokenSegments(processor, count, null);
        }

        @Override
        public void initializeTokenSegments(String processor, int count, @Nullable TrackingToken token) {
            if (entries.get(processor).isPresent()) {
                throw new UnableToClaimTokenException(processor + " is there");
            }
            entries.put(processor, new Entry(token, null, clock.instant()));
        }

        @Override
        public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
            ofMine(processor, entry -> new Entry(token, node, clock.instant()));
            stored.incrementAndGet();
        }

        @Override
        public void extendClaim(String processor, int segment) {
            ofMine(processor, entry -> new Entry(entry.token, node, clock.instant()));
        }

        private void ofMine(String processor, UnaryOperator<Entry> change) {
            transactions.inTurn(() -> entries.put(
                    processor,
                    change.apply(entries.get(processor)
                            .filter(entry -> node.equals(entry.owner))
                            .orElseThrow(() -> new UnableToClaimTokenException(processor + " isn't " + node + "'s")))));
        }

        @Override
        public @Nullable TrackingToken fetchToken(String processor, int segment) {
            return transactions.inTurn(() -> {
                Entry entry = entries.get(processor)
                        .filter(this::mayClaim)
                        .orElseThrow(() -> new UnableToClaimTokenException(processor + " is somebody else's"));
                entries.put(processor, new Entry(entry.token, node, clock.instant()));
                return entry.token;
            });
        }

        private boolean mayClaim(Entry entry) {
            return entry.owner == null
                    || entry.owner.equals(node)
                    || entry.claimedAt.plus(CLAIM_TIMEOUT).isBefore(clock.instant());
        }

        @Override
        public void releaseClaim(String processor, int segment) {
            entries.get(processor)
                    .filter(entry -> node.equals(entry.owner))
                    .ifPresent(entry -> entries.put(processor, new Entry(entry.token, null, entry.claimedAt)));
        }

        @Override
        public int[] fetchSegments(String processor) {
            return entries.get(processor).isPresent() ? new int[] {0} : new int[0];
        }

        @Override
        public List<Segment> fetchAvailableSegments(String processor) {
            return entries.get(processor).filter(this::mayClaim).map(entry -> Segment.ROOT_SEGMENT).stream()
                    .toList();
        }
    }
}
