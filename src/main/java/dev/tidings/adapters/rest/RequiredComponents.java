package dev.tidings.adapters.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Documents as required what is not nullable in a record of this package. */
@Component
final class RequiredComponents implements ModelConverter {

    private static final SnakeCaseStrategy SPELLING = new SnakeCaseStrategy();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        if (!others.hasNext()) {
            return null;
        }
        Schema<?> schema = others.next().resolve(type, context, others);
        Class<?> described = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null
                && described.isRecord()
                && described.getPackage() == getClass().getPackage()) {
            mark(
                    described,
                    schema.get$ref() == null
                            ? schema
                            : context.getDefinedModels().get(name(schema)));
        }
        return schema;
    }

    private static String name(Schema<?> reference) {
        return reference.get$ref().substring(reference.get$ref().lastIndexOf('/') + 1);
    }

    private static void mark(Class<?> described, @Nullable Schema<?> schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        for (RecordComponent component : described.getRecordComponents()) {
            String property = SPELLING.translate(component.getName());
            boolean known = schema.getRequired() != null && schema.getRequired().contains(property);
            if (isAlwaysThere(component) && !known) {
                schema.addRequiredItem(property);
            }
        }
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        io.swagger.v3.oas.annotations.media.@Nullable Schema said =
                component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && (said == null || said.requiredMode() != RequiredMode.NOT_REQUIRED);
    }
}
