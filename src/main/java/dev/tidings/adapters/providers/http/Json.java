package dev.tidings.adapters.providers.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON that others wrote and that may be none. */
public final class Json {

    public static final String TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** A missing node where it is not JSON. */
    public static JsonNode read(String text) {
        try {
            JsonNode read = MAPPER.readTree(text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** A missing node where it is not JSON. */
    public static JsonNode read(ByteBuffer body) {
        return read(StandardCharsets.UTF_8.decode(body.duplicate()).toString());
    }

    /** The text, number or truth value in it as a text; empty where there is none. */
    public static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
