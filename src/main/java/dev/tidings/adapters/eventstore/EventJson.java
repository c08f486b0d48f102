package dev.tidings.adapters.eventstore;

import dev.tidings.application.commit.EventFormat;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.UserId;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events as JSON under their names in {@link EventNames}. A value of the domain is written as its text; what is absent
 * is left out.
 */
final class EventJson extends Jackson3Serializer implements EventFormat {

    private final Recollection recent = new Recollection();

    private EventJson(Builder builder) {
        super(builder);
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        SerializedObject<T> written = super.serialize(object, representation);
        if (written.getData() instanceof byte[] bytes) {
            recent.keep(written.getType().getName(), bytes, object);
        }
        return written;
    }

    /** Events and their metadata are values: whoever reads one may share it with others. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Axon declares it
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        return serialized.getData() instanceof byte[] bytes
                ? (T) recent.find(serialized.getType().getName(), bytes, () -> super.deserialize(serialized))
                : super.deserialize(serialized);
    }

    static EventJson create() {
        return new EventJson(builder().jsonMapperBuilderCustomizer(EventJson::customize));
    }

    private static void customize(JsonMapper.Builder mapper) {
        SimpleModule values = new SimpleModule("values");
        value(values, ServiceId.class, ServiceId::new);
        value(values, UserId.class, UserId::new);
        value(values, NotificationId.class, NotificationId::of);
        value(values, NotificationType.class, NotificationType::new);
        value(values, ProviderName.class, ProviderName::new);
        values.addSerializer(PreferencesId.class, new AsText<>(id -> id.userId().value()));
        values.addDeserializer(PreferencesId.class, new FromText<>(text -> new PreferencesId(new UserId(text))));
        values.addKeyDeserializer(NotificationType.class, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return new NotificationType(key);
            }
        });
        mapper.addModule(values);
        // A number that an older event does not have is none.
        mapper.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.changeDefaultPropertyInclusion(
                included -> included.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL));
    }

    private static <T> void value(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new AsText<>(Object::toString));
        module.addDeserializer(type, new FromText<>(parse));
    }

    private static final class AsText<T> extends ValueSerializer<T> {

        private final Function<T, String> text;

        AsText(Function<T, String> text) {
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(text.apply(value));
        }
    }

    private static final class FromText<T> extends ValueDeserializer<T> {

        private final Function<String, T> parse;

        FromText(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) {
            return parse.apply(json.getString());
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Axon declares it
    public SerializedType typeForClass(Class type) {
        String name = type == null ? null : EventNames.nameOf(type);
        return name == null ? super.typeForClass(type) : new SimpleSerializedType(name, EventNames.revisionOf(type));
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        Class<?> known = EventNames.classOf(type.getName());
        return known == null ? super.resolveClassName(type) : known.getName();
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        Class<?> known = EventNames.classOf(type.getName());
        return known == null ? super.classForType(type) : known;
    }

    @Override
    public Object payload(String name, @Nullable String revision, byte[] payload) {
        return deserialize(new SimpleSerializedObject<>(payload, byte[].class, name, revision));
    }

    @Override
    public Map<String, ?> metadata(byte[] metadata) {
        MetaData read =
                deserialize(new SimpleSerializedObject<>(metadata, byte[].class, MetaData.class.getName(), null));
        return read;
    }
}
