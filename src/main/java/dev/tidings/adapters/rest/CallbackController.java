package dev.tidings.adapters.rest;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.CallbackReaders;
import dev.tidings.application.reports.ProviderNewsDesk;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Takes in what providers call back to say. Each proves in its own way who it is, over the very bytes that came, so they
 * are read by nobody else.
 */
@RestController
@Hidden
final class CallbackController {

    private static final String UNKNOWN_PROVIDER = "unknown";

    private final Map<String, CallbackReader> readers;
    private final ProviderNewsDesk desk;
    private final VirtualThreads virtualThreads;
    private final MeterRegistry meters;
    private final String publicUrl;

    CallbackController(
            ObjectProvider<CallbackReaders> readers,
            ProviderNewsDesk desk,
            VirtualThreads virtualThreads,
            MeterRegistry meters,
            @Value("${tidings.public-url:}") String publicUrl) {
        this.readers = readers.orderedStream()
                .flatMap(source -> source.readers().stream())
                .collect(Collectors.toMap(reader -> reader.provider().value(), Function.identity()));
        this.desk = desk;
        this.virtualThreads = virtualThreads;
        this.meters = meters;
        this.publicUrl = checked(publicUrl.strip());
    }

    private static String checked(String url) {
        if (!url.isEmpty() && !url.matches("https?://[^/?#]+(/[^?#]*)?")) {
            throw new IllegalArgumentException(
                    "tidings.public-url (PUBLIC_URL) must be an address such as https://tidings.example, not \"" + url
                            + "\"");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @RequestMapping(
            path = "/callbacks/{provider}/**",
            method = {RequestMethod.GET, RequestMethod.POST})
    Mono<ResponseEntity<String>> callback(@PathVariable String provider, ServerHttpRequest request) {
        CallbackReader reader = readers.get(provider);
        if (reader == null) {
            count(UNKNOWN_PROVIDER, "unknown_provider");
            return Mono.error(
                    new Refused(ProblemType.NOT_FOUND, "No provider is configured that calls back under this name"));
        }
        return DataBufferUtils.join(request.getBody(), JsonBodies.MIB)
                .map(CallbackController::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> new Refused(ProblemType.TOO_LARGE, "The body has more than 1 MiB"))
                .flatMap(body -> virtualThreads.call(() -> answer(reader, callback(request, body))));
    }

    @RequestMapping(
            path = "/webhook/whatsapp",
            method = {RequestMethod.GET, RequestMethod.POST})
    Mono<ResponseEntity<String>> whatsapp(ServerHttpRequest request) {
        return callback("whatsapp", request);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private CallbackReader.Callback callback(ServerHttpRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new CallbackReader.Callback(
                request.getMethod().name(),
                url(request.getURI()),
                headers,
                ByteBuffer.wrap(body).asReadOnlyBuffer());
    }

    private URI url(URI asItCame) {
        if (publicUrl.isEmpty()) {
            return asItCame;
        }
        String query = asItCame.getRawQuery();
        return URI.create(publicUrl + asItCame.getRawPath() + (query == null ? "" : "?" + query));
    }

    private ResponseEntity<String> answer(CallbackReader reader, CallbackReader.Callback callback) {
        String provider = reader.provider().value();
        return switch (reader.read(callback)) {
            case Reading.Genuine genuine -> {
                desk.heard(reader.provider(), genuine.news());
                count(provider, "heard");
                yield ResponseEntity.ok().build();
            }
            case Reading.Challenged challenged -> {
                count(provider, "challenged");
                yield ResponseEntity.ok()
                        .contentType(MediaType.TEXT_PLAIN)
                        .header("X-Content-Type-Options", "nosniff")
                        .body(challenged.answer());
            }
            case Reading.Refused refused -> {
                count(provider, Words.of(refused.why()));
                throw new Refused(
                        ProblemType.CALLBACK_REFUSED,
                        "It can't be told that this comes from " + provider + ", and now");
            }
            case Reading.Unreadable unreadable -> {
                count(provider, "unreadable");
                throw new Refused(ProblemType.CALLBACK_UNREADABLE, unreadable.problem());
            }
        };
    }

    private void count(String provider, String outcome) {
        Counter.builder("tidings.callbacks")
                .description("Calls of providers, by what was thought of them")
                .tag("provider", provider)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
