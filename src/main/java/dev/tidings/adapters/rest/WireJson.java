package dev.tidings.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** JSON as it goes over the wire: snake_case and instants in UTC with milliseconds out, strict and bounded in. */
@Component
final class WireJson {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern BUFFER_TALK = Pattern.compile(" \\(start marker at .*\\)");

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxNumberLength(400)
            .maxNameLength(256)
            .build();

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule().addSerializer(new InstantSerializer()))
            .build();

    JsonMapper mapper() {
        return mapper;
    }

    byte[] bytes(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    JsonObject object(byte[] bytes) {
        JsonNode read;
        try {
            read = mapper.readTree(bytes);
        } catch (JacksonException e) {
            throw new Refused(ProblemType.MALFORMED_JSON, "The body is not JSON: " + what(e) + where(e));
        }
        if (read instanceof ObjectNode object) {
            return new JsonObject(object);
        }
        throw new Refused(ProblemType.MALFORMED_JSON, "The body must be a JSON object, in braces");
    }

    private static String what(JacksonException e) {
        return BUFFER_TALK.matcher(e.getOriginalMessage()).replaceAll("");
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {

        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator generator, SerializationContext context) {
            generator.writeString(INSTANT.format(instant));
        }
    }
}
