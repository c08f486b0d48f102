package dev.tidings.adapters.eventstore;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was written or read a moment ago, by its very bytes. Each event is read within moments by all that follow the
 * log, and parsing it was a fifth of all the work. Only for what never changes.
 */
final class Recollection {

    /** Of two generations; the older one is dropped when the younger is full. Some 1.5 KB each. */
    private static final int GENERATION = 4_096;

    private volatile Map<Written, Object> young = new ConcurrentHashMap<>();
    private volatile Map<Written, Object> old = Map.of();

    private static final class Written {

        private final String type;
        private final byte[] bytes;
        private final int hash;

        Written(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
            this.hash = 31 * type.hashCode() + Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Written written
                    && hash == written.hash
                    && type.equals(written.type)
                    && Arrays.equals(bytes, written.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    void keep(String type, byte[] bytes, Object value) {
        if (young.size() >= GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(new Written(type, bytes), value);
    }

    /** {@code parse} is asked for what isn't known. */
    Object find(String type, byte[] bytes, Supplier<Object> parse) {
        Written written = new Written(type, bytes);
        Object known = young.get(written);
        if (known == null) {
            known = old.get(written);
        }
        if (known != null) {
            return known;
        }
        Object parsed = parse.get();
        keep(type, bytes, parsed);
        return parsed;
    }
}
