package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.domain.access.ServiceId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller repeats a request under, in the spirit of draft-ietf-httpapi-idempotency-key-header.
 *
 * @param value absent when the caller gave none
 */
record IdempotencyKey(@Nullable String value) {

    static final IdempotencyKey NONE = new IdempotencyKey(null);
    static final int LONGEST = 255;

    private static final Pattern USABLE = Pattern.compile("[ -~]{1," + LONGEST + "}");

    /** Keeps the error, under the name of the field, where it can't be used. */
    static IdempotencyKey of(@Nullable String given, String field, Fields fields) {
        if (given == null) {
            return NONE;
        }
        if (given.isBlank() || !USABLE.matcher(given).matches()) {
            fields.wrong(field, "must have 1 to " + LONGEST + " printable characters of ASCII");
            return NONE;
        }
        return new IdempotencyKey(given);
    }

    /** The key of one item of a batch. */
    IdempotencyKey ofItem(int index) {
        return value == null ? NONE : new IdempotencyKey(value + "/" + index);
    }

    @Nullable SourceMessage source(ServiceId caller) {
        return value == null ? null : new SourceMessage(caller, value);
    }
}
