package dev.tidings.adapters.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDataBufferDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;

/** Reads a body of at most 1 MiB as a {@link JsonObject}. Claims every type of body, so that no other decoder tries. */
final class JsonObjects extends AbstractDataBufferDecoder<JsonObject> {

    private static final int LARGEST_BYTES = 1024 * 1024;

    private final WireJson json;

    JsonObjects(WireJson json) {
        super(MimeTypeUtils.ALL);
        this.json = json;
        setMaxInMemorySize(LARGEST_BYTES);
    }

    @Override
    public boolean canDecode(ResolvableType type, @Nullable MimeType mimeType) {
        return type.toClass() == JsonObject.class;
    }

    @Override
    public Mono<JsonObject> decodeToMono(
            Publisher<DataBuffer> input,
            ResolvableType type,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return isJson(mimeType)
                ? super.decodeToMono(input, type, mimeType, hints)
                : Mono.error(new UnsupportedMediaTypeStatusException(
                        "Not application/json", List.of(MediaType.APPLICATION_JSON)));
    }

    private static boolean isJson(@Nullable MimeType mimeType) {
        return mimeType != null
                && mimeType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                && (mimeType.getCharset() == null || mimeType.getCharset().equals(StandardCharsets.UTF_8));
    }

    @Override
    public JsonObject decode(
            DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return json.object(bytes);
    }
}
