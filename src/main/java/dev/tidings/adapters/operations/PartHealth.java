package dev.tidings.adapters.operations;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How one part is. */
record PartHealth(
        Status status,
        String detail,
        @JsonProperty("took_ms") long tookMs) {

    static final PartHealth NONE = new PartHealth(Status.UP, "there is none here", 0);
}
