package dev.tidings.application;

import java.util.List;
import java.util.stream.Collectors;

/** What a caller gave can't be used; says everything that is wrong with it, and what would be right. Changed nothing. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** {@code field} as the caller spells it, with dots for what lies inside. */
    public record FieldError(String field, String problem) {}

    private final transient List<FieldError> errors;

    public InvalidInput(List<FieldError> errors) {
        super(errors.stream()
                .map(error -> error.field() + " " + error.problem())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    public List<FieldError> errors() {
        return errors;
    }
}
