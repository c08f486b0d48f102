package dev.tidings.adapters.rest;

/** The body of a batch, unread: reading that much would keep a Netty thread from its other callers. */
final class BatchBody {

    static final int LARGEST_MIB = 16;

    private final byte[] bytes;

    BatchBody(byte[] bytes) {
        this.bytes = bytes;
    }

    JsonObject read(WireJson json) {
        return json.object(bytes);
    }
}
