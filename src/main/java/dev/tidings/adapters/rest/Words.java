package dev.tidings.adapters.rest;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Enumerated values as the API spells them: in small letters. */
final class Words {

    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> Function<String, E> of(Class<E> type) {
        return word -> Arrays.stream(type.getEnumConstants())
                .filter(value -> of(value).equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "))));
    }
}
