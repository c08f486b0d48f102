package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The parameters behind the question mark: each at most once, and none that nobody asks for. */
final class QueryParameters {

    private final MultiValueMap<String, String> given;
    private final Set<String> known = new LinkedHashSet<>();

    QueryParameters(MultiValueMap<String, String> given) {
        this.given = given;
    }

    <T> @Nullable T optional(String name, Fields fields, Function<String, T> parse) {
        known.add(name);
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            fields.wrong(name, "must be given once");
            return null;
        }
        return values.isEmpty() ? null : fields.optional(name, values.getFirst(), parse);
    }

    void nothingElse(Fields fields) {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> fields.wrong(name, "is unknown; known are " + String.join(", ", known)));
    }
}
