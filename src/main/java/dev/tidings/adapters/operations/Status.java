package dev.tidings.adapters.operations;

import com.fasterxml.jackson.annotation.JsonValue;

enum Status {
    UP,
    /** It works, but not as it should. */
    DEGRADED,
    DOWN;

    @JsonValue
    String word() {
        return Meters.word(this);
    }
}
