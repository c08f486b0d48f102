package dev.tidings.adapters.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.tidings.adapters.StorableText;
import dev.tidings.application.Fields;
import dev.tidings.domain.access.ServiceId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object, of which we take the fields that we know, and gather all that is wrong with those. */
final class MessageBody {

    static final int LONGEST_ID = 200;

    static final ServiceId UNKNOWN_SERVICE = new ServiceId("unknown");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final Fields fields = new Fields();

    private MessageBody(JsonNode object) {
        this.object = object;
    }

    static MessageBody read(byte[] body, DataSize longest) throws Poison {
        if (body.length > longest.toBytes()) {
            throw new Poison(
                    Poison.Reason.TOO_LARGE,
                    "The body has " + body.length + " bytes, and " + longest.toBytes() + " are allowed",
                    null);
        }
        return read(body);
    }

    private static MessageBody read(byte[] body) throws Poison {
        JsonNode node = node(text(body));
        if (!node.isObject()) {
            throw new Poison(Poison.Reason.NOT_AN_OBJECT, "The body must be a JSON object", null);
        }
        return new MessageBody(node);
    }

    private static String text(byte[] body) throws Poison {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Poison(Poison.Reason.INVALID_UTF8, "The body is not UTF-8", null);
        }
    }

    private static JsonNode node(String text) throws Poison {
        try {
            return JSON.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new Poison(
                    Poison.Reason.INVALID_JSON, "The body is nested too deeply, or has a number too long", null);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new Poison(
                    Poison.Reason.INVALID_JSON,
                    "The body is not JSON, or says a field twice"
                            + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()),
                    null);
        }
    }

    @Nullable String required(String field, int longest) {
        return required(field, longest, Function.identity());
    }

    <T> @Nullable T required(String field, int longest, Function<String, T> parse) {
        return isString(field) ? fields.required(field, given(field), bounded(longest, parse)) : null;
    }

    @Nullable String optional(String field, int longest) {
        return optional(field, longest, Function.identity());
    }

    <T> @Nullable T optional(String field, int longest, Function<String, T> parse) {
        return isString(field) ? fields.optional(field, given(field), bounded(longest, parse)) : null;
    }

    /** For what came beside the body. */
    <T> @Nullable T optional(String field, @Nullable String given, int longest, Function<String, T> parse) {
        return fields.optional(field, given, bounded(longest, parse));
    }

    /** What people will read: it may have several lines. */
    @Nullable String requiredText(String field) {
        return isString(field) ? fields.required(field, given(field), StorableText::of) : null;
    }

    @Nullable String text(String field) {
        return isString(field) ? fields.optional(field, given(field), StorableText::of) : null;
    }

    @Nullable Duration seconds(String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            fields.wrong(field, "must be a whole number of seconds, from 0");
            return null;
        }
        return Duration.ofSeconds(node.intValue());
    }

    boolean isTrue(String field, boolean otherwise) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            fields.wrong(field, "must be true or false");
        }
        return node.asBoolean(otherwise);
    }

    /** Empty where it is missing, null, or no object. */
    Map<String, Object> values(String field) {
        return switch (object.get(field)) {
            case null -> Map.of();
            case ObjectNode node -> PlainValues.in(field, node, fields);
            case JsonNode node -> {
                if (!node.isNull()) {
                    fields.wrong(field, "must be an object, in braces");
                }
                yield Map.of();
            }
        };
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** Who says to have sent it. An application's id need not be a service's: that it is none is no error. */
    ServiceId service(BasicProperties properties) {
        ServiceId ofBody = optional("source_service", LONGEST_ID, ServiceId::new);
        String application = properties.getAppId();
        if (ofBody != null || application == null) {
            return ofBody == null ? UNKNOWN_SERVICE : ofBody;
        }
        try {
            return new ServiceId(application);
        } catch (IllegalArgumentException e) {
            return UNKNOWN_SERVICE;
        }
    }

    private boolean isString(String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull() || node.isString()) {
            return true;
        }
        fields.wrong(field, "must be a string");
        return false;
    }

    private @Nullable String given(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node.stringValue();
    }

    private static <T> Function<String, T> bounded(int longest, Function<String, T> parse) {
        return value -> {
            if (value.length() > longest) {
                throw new IllegalArgumentException("must have at most " + longest + " characters");
            }
            if (value.codePoints().anyMatch(MessageBody::isUnprintable)) {
                throw new IllegalArgumentException("must not have control characters or broken characters");
            }
            return parse.apply(value);
        };
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** Throws {@link dev.tidings.application.InvalidInput} if anything was wrong. */
    void check() {
        fields.check();
    }
}
