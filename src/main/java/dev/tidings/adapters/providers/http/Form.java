package dev.tidings.adapters.providers.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Bodies of the type {@code application/x-www-form-urlencoded}. */
public final class Form {

    public static final String TYPE = "application/x-www-form-urlencoded";

    private Form() {}

    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits */
    public static SortedMap<String, List<String>> decoded(ByteBuffer body) {
        return decoded(StandardCharsets.UTF_8.decode(body.duplicate()).toString());
    }

    /** @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits */
    public static SortedMap<String, List<String>> decoded(String text) {
        SortedMap<String, List<String>> fields = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return fields;
    }

    /** The first value of a field, or an empty text. */
    public static String first(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
