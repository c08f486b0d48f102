package dev.tidings.adapters.rest;

import dev.tidings.adapters.StorableText;
import dev.tidings.application.Fields;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object that a caller sent. Nothing in it is taken for something else: "1" is no number, 1 no text. */
final class JsonObject {

    private final ObjectNode object;
    private final Set<String> known = new LinkedHashSet<>();

    JsonObject(ObjectNode object) {
        this.object = object;
    }

    /** Absent where it is missing, null, or no text. */
    @Nullable String text(String name, Fields fields) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            fields.wrong(name, "must be a string");
            return null;
        }
        String text = node.stringValue();
        if (!StorableText.isStorable(text)) {
            fields.wrong(name, StorableText.REFUSED);
            return null;
        }
        return text;
    }

    /** Absent where it is missing, null, or no whole number within these bounds. */
    @Nullable Long wholeNumber(String name, long least, long most, Fields fields) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            fields.wrong(name, "must be a whole number from " + least + " to " + most);
            return null;
        }
        return node.longValue();
    }

    /** Absent where it is missing, null, or neither true nor false. */
    @Nullable Boolean yesOrNo(String name, Fields fields) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            fields.wrong(name, "must be true or false");
            return null;
        }
        return node.booleanValue();
    }

    /** Empty where it is missing, null, or no list of so many. */
    List<JsonNode> list(String name, int most, Fields fields) {
        return switch (member(name)) {
            case ArrayNode array
            when !array.isEmpty() && array.size() <= most -> array.valueStream().toList();
            case null -> {
                fields.wrong(name, "is missing");
                yield List.of();
            }
            case JsonNode _ -> {
                fields.wrong(name, "must be a list, in brackets, of 1 to " + most);
                yield List.of();
            }
        };
    }

    /** Empty where it is missing or null, or no list of so many different texts. */
    List<String> texts(String name, int most, Fields fields) {
        JsonNode node = member(name);
        if (node == null) {
            return List.of();
        }
        List<String> texts = node instanceof ArrayNode array
                ? array.valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .distinct()
                        .toList()
                : List.of();
        if (texts.isEmpty() || texts.size() != node.size() || texts.size() > most) {
            fields.wrong(name, "must be a list, in brackets, of 1 to " + most + " different strings");
            return List.of();
        }
        return texts;
    }

    /** Empty where it is missing, null, or no object of texts. */
    Map<String, String> textsByName(String name, Fields fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        values(name, fields).forEach((key, value) -> {
            if (value instanceof String text) {
                texts.put(key, text);
            } else {
                fields.wrong(name + "." + key, "must be a string");
            }
        });
        return texts;
    }

    /** Absent where it is missing, null, or no object. */
    @Nullable JsonObject object(String name, Fields fields) {
        return switch (member(name)) {
            case null -> null;
            case ObjectNode node -> new JsonObject(node);
            case JsonNode _ -> {
                fields.wrong(name, "must be an object, in braces");
                yield null;
            }
        };
    }

    /** Empty where it is missing, null, or no object. */
    Map<String, Boolean> switches(String name, Fields fields) {
        Map<String, Boolean> switches = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : members(name, fields)) {
            if (entry.getValue().isBoolean()) {
                switches.put(entry.getKey(), entry.getValue().booleanValue());
            } else {
                fields.wrong(name + "." + entry.getKey(), "must be true or false");
            }
        }
        return switches;
    }

    /** Empty where it is missing, null, or no object. */
    Map<String, Object> values(String name, Fields fields) {
        return JsonValues.in(name, members(name, fields), fields);
    }

    private Set<Map.Entry<String, JsonNode>> members(String name, Fields fields) {
        return switch (member(name)) {
            case null -> Set.of();
            case ObjectNode node -> node.properties();
            case JsonNode _ -> {
                fields.wrong(name, "must be an object, in braces");
                yield Set.of();
            }
        };
    }

    /** It may be there, and nobody looks at it. */
    void anything(String name) {
        known.add(name);
    }

    private @Nullable JsonNode member(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** Complains about each field that nobody has asked for. */
    void nothingElse(Fields fields) {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> fields.wrong(name, "is unknown; known are " + String.join(", ", known)));
    }
}
