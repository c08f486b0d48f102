package dev.tidings.application.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static Fingerprint of(@Nullable Object... parts) {
        return Fingerprint.of(parts);
    }

    @Test
    void the_same_parts_have_the_same() {
        assertThat(of("a", null, List.of("b"))).isEqualTo(of("a", null, List.of("b")));
    }

    @Test
    void the_order_of_keys_does_not_count() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("a", "1");
        one.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(of(one)).isEqualTo(of(other));
    }

    @Test
    void whatever_differs_makes_another() {
        List<Fingerprint> all = Arrays.asList(
                of("ab", "c"),
                of("a", "bc"),
                of("abc"),
                of("abc", ""),
                of("abc", null),
                of("", "abc"),
                of(null, "abc"),
                of(List.of("a", "b")),
                of("a", "b"),
                of(List.of("a"), "b"),
                of(List.of("a"), List.of("b")),
                of(List.of(List.of("a", "b"))),
                of(Map.of("a", "b")),
                of(Map.of("b", "a")),
                of(Map.of("a", Map.of("b", "c"))),
                of(Map.of("a", List.of("b", "c"))),
                of(List.of("b", "a")));

        assertThat(all).doesNotHaveDuplicates();
    }
}
