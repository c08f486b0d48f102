package dev.tidings.adapters.providers;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReader.Reading;
import dev.tidings.application.reports.CallbackReader.Why;
import dev.tidings.application.reports.ProviderNews;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Callbacks as they arrive, and what is made of them. */
public final class Callbacks {

    public static final Reading FORGED = new Reading.Refused(Why.FORGED);
    public static final Reading STALE = new Reading.Refused(Why.STALE);
    public static final Reading UNVERIFIABLE = new Reading.Refused(Why.UNVERIFIABLE);

    private Callbacks() {}

    public static CallbackReader.Callback post(String url, Map<String, String> headers, String body) {
        return post(url, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    public static CallbackReader.Callback post(String url, Map<String, String> headers, byte[] body) {
        return new CallbackReader.Callback(
                "POST",
                URI.create(url),
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                ByteBuffer.wrap(body).asReadOnlyBuffer());
    }

    public static List<ProviderNews> news(Reading reading) {
        if (reading instanceof Reading.Genuine genuine) {
            return genuine.news();
        }
        throw new AssertionError(reading);
    }
}
