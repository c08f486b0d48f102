package dev.tidings.adapters.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

/**
 * Reads a body of JSON, up to a size. Claims every type of body, so that no other decoder tries.
 *
 * @param <T> what it is read as
 */
final class JsonBodies<T> extends AbstractDataBufferDecoder<T> {

    static final int MIB = 1024 * 1024;

    private final Class<T> type;
    private final Function<byte[], T> read;

    /** @param largest in bytes */
    JsonBodies(Class<T> type, int largest, Function<byte[], T> read) {
        super(MimeTypeUtils.ALL);
        this.type = type;
        this.read = read;
        setMaxInMemorySize(largest);
    }

    @Override
    public boolean canDecode(ResolvableType asked, @Nullable MimeType mimeType) {
        return asked.toClass() == type;
    }

    @Override
    public Mono<T> decodeToMono(
            Publisher<DataBuffer> input,
            ResolvableType asked,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return isJson(mimeType)
                ? super.decodeToMono(input, asked, mimeType, hints)
                : Mono.error(new UnsupportedMediaTypeStatusException(
                        "Not application/json", List.of(MediaType.APPLICATION_JSON)));
    }

    private static boolean isJson(@Nullable MimeType mimeType) {
        return mimeType != null
                && mimeType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                && (mimeType.getCharset() == null || mimeType.getCharset().equals(StandardCharsets.UTF_8));
    }

    @Override
    public T decode(
            DataBuffer buffer, ResolvableType asked, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return read.apply(bytes);
    }
}
