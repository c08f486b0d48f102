package dev.tidings.adapters.rest;

import dev.tidings.adapters.StorableText;
import dev.tidings.application.Fields;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns JSON into plain values for a template, within bounds that no honest caller meets. */
final class JsonValues {

    static final int MOST_VALUES = 100;
    static final int DEEPEST = 5;
    static final int LARGEST_BYTES = 64 * 1024;

    private static final int MOST_DIGITS = 100;

    private JsonValues() {}

    static Map<String, Object> in(String name, Set<Map.Entry<String, JsonNode>> members, Fields fields) {
        if (members.size() > MOST_VALUES) {
            fields.wrong(name, "must have at most " + MOST_VALUES + " values");
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : members) {
            try {
                values.put(StorableText.of(member.getKey()), value(member.getValue()));
            } catch (IllegalArgumentException e) {
                fields.wrong(name + "." + member.getKey(), String.valueOf(e.getMessage()));
            }
        }
        return values;
    }

    private static Object value(JsonNode node) {
        if (!isSurelySmall(node) && node.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            throw new IllegalArgumentException("must have at most " + LARGEST_BYTES / 1024 + " KiB");
        }
        return value(node, 1);
    }

    /** Spares writing nearly all of them anew: a character takes at most six bytes, a number is bounded already. */
    private static boolean isSurelySmall(JsonNode node) {
        return node.isString() ? node.stringValue().length() < LARGEST_BYTES / 6 - 1 : node.isValueNode();
    }

    private static Object value(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("must not be nested more than " + DEEPEST + " deep");
        }
        return switch (node.getNodeType()) {
            case STRING -> StorableText.of(node.stringValue());
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(element -> list.add(value(element, depth + 1)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.forEachEntry((key, element) -> map.put(StorableText.of(key), value(element, depth + 1)));
                yield map;
            }
            case NULL, MISSING, BINARY, POJO ->
                throw new IllegalArgumentException(
                        "must be a string, a number, true, false, or a list or object of those, not null");
        };
    }

    /** A number such as 1e999999999 is small to read and huge to write. */
    private static Number number(JsonNode node) {
        BigDecimal value = node.decimalValue();
        if (value.scale() > MOST_DIGITS || (long) value.precision() - value.scale() > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "must have at most " + MOST_DIGITS + " digits before and after the point");
        }
        return node.numberValue();
    }
}
