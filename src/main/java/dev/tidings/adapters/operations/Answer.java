package dev.tidings.adapters.operations;

import java.util.Optional;

/** What a part says when it is asked how it is. */
record Answer(Status status, String detail) {

    static Answer up(String detail) {
        return new Answer(Status.UP, detail);
    }

    static Answer degraded(String detail) {
        return new Answer(Status.DEGRADED, detail);
    }

    static Answer down(String detail) {
        return new Answer(Status.DOWN, detail);
    }

    static Answer upUnless(Optional<String> problem, String detail) {
        return problem.map(Answer::down).orElseGet(() -> up(detail));
    }
}
