package dev.tidings.adapters.amqp;

import dev.tidings.adapters.StorableText;
import dev.tidings.application.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns JSON into plain values for a template, within the bounds that the REST API has, too. */
final class PlainValues {

    private static final int MOST = 100;
    private static final int DEEPEST = 5;
    private static final int MOST_DIGITS = 100;

    private PlainValues() {}

    static Map<String, Object> in(String field, ObjectNode object, Fields fields) {
        if (object.size() > MOST) {
            fields.wrong(field, "must have at most " + MOST + " values");
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        object.forEachEntry((name, node) -> {
            try {
                values.put(StorableText.of(name), value(node, 1));
            } catch (IllegalArgumentException e) {
                fields.wrong(field, String.valueOf(e.getMessage()));
            }
        });
        return values;
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
                node.forEachEntry((name, element) -> map.put(StorableText.of(name), value(element, depth + 1)));
                yield map;
            }
            case NULL, MISSING, BINARY, POJO -> throw new IllegalArgumentException("must not have null in it");
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
