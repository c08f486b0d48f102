package dev.tidings.adapters.embedded;

import org.jspecify.annotations.Nullable;

/** What stands in the way of starting, in one sentence, and what to do about it. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    CannotStart(String what, String remedy) {
        this(what, remedy, null);
    }

    CannotStart(String what, String remedy, @Nullable Throwable cause) {
        super(what, cause);
        this.remedy = remedy;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
