package dev.tidings.adapters.operations;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A format in which Prometheus reads figures. */
enum Exposition {
    TEXT("text/plain;version=0.0.4;charset=utf-8"),
    /** The one that carries exemplars: the trace of one request that was counted. */
    OPEN_METRICS("application/openmetrics-text;version=1.0.0;charset=utf-8");

    private static final String VERSION = "version";

    private final String mediaType;

    Exposition(String mediaType) {
        this.mediaType = mediaType;
    }

    /** What the caller likes best of these; text, which every browser and tool shows, when it likes none of them. */
    static Exposition preferredBy(@Nullable String accept) {
        return MediaType.parseMediaTypes(accept).stream()
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
                .flatMap(wanted -> matching(wanted).stream())
                .findFirst()
                .orElse(TEXT);
    }

    private static Optional<Exposition> matching(MediaType wanted) {
        for (Exposition format : values()) {
            String version = wanted.getParameter(VERSION);
            boolean sameVersion =
                    version == null || version.equals(format.mediaType().getParameter(VERSION));
            if (sameVersion && wanted.isCompatibleWith(format.mediaType())) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    byte[] of(PrometheusMeterRegistry registry) {
        ByteArrayOutputStream figures = new ByteArrayOutputStream(64 * 1024);
        try {
            registry.scrape(figures, mediaType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return figures.toByteArray();
    }
}
