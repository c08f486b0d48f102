package dev.tidings.adapters.amqp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message that can't be processed, ever. The problem says all that is wrong with it, and nothing of what is in it. */
final class Poison extends Exception {

    private static final long serialVersionUID = 1L;

    enum Reason {
        TOO_LARGE,
        INVALID_UTF8,
        INVALID_JSON,
        NOT_AN_OBJECT,
        UNKNOWN_TYPE,
        INVALID_FIELDS,
        NO_SUCH_CHANNEL,
        NOT_ACCEPTED,
        NOT_STORED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final @Nullable String correlationId;

    Poison(Reason reason, String problem, @Nullable String correlationId) {
        super(problem, null, false, false);
        this.reason = reason;
        this.correlationId = correlationId;
    }

    Reason reason() {
        return reason;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    @Nullable String correlationId() {
        return correlationId;
    }
}
