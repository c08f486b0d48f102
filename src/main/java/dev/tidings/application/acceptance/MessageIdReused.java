package dev.tidings.application.acceptance;

import dev.tidings.application.acceptance.SourceMessages.SourceMessage;

/** The same service has used this id, or idempotency key, for a request that said something else. Changed nothing. */
public final class MessageIdReused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String messageId;

    MessageIdReused(SourceMessage source) {
        super("the id " + source.messageId() + " was used for another request");
        this.messageId = source.messageId();
    }

    public String messageId() {
        return messageId;
    }
}
