package dev.tidings.application;

import dev.tidings.application.InvalidInput.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what a caller gave into values, and gathers all that is wrong with it before complaining once. */
public final class Fields {

    private final List<FieldError> errors = new ArrayList<>();

    /** Yields null, and keeps the error, where the field is missing or {@code parse} refuses it. */
    public <T> @Nullable T required(String field, @Nullable String given, Function<String, T> parse) {
        if (given == null || given.isBlank()) {
            wrong(field, "is missing");
            return null;
        }
        return parsed(field, given, parse);
    }

    /** Yields null where the field is missing; keeps the error where {@code parse} refuses it. */
    public <T> @Nullable T optional(String field, @Nullable String given, Function<String, T> parse) {
        return given == null || given.isBlank() ? null : parsed(field, given, parse);
    }

    private <T> @Nullable T parsed(String field, String given, Function<String, T> parse) {
        try {
            return parse.apply(given);
        } catch (IllegalArgumentException e) {
            wrong(field, e.getMessage() == null ? "is not valid" : e.getMessage());
            return null;
        }
    }

    public void wrong(String field, String problem) {
        errors.add(new FieldError(field, problem));
    }

    /** Throws if anything was wrong. */
    public void check() {
        problem().ifPresent(problem -> {
            throw problem;
        });
    }

    /** All that was wrong; empty if nothing was. */
    public Optional<InvalidInput> problem() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(new InvalidInput(errors));
    }
}
