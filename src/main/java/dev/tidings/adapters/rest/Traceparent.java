package dev.tidings.adapters.rest;

import io.micrometer.tracing.TraceContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of W3C Trace Context, 3.2. */
final class Traceparent {

    private static final Pattern FORM = Pattern.compile(
            "(?!ff)(?<version>[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})-(?<parent>(?!0{16})[0-9a-f]{16})-(?<flags>[0-9a-f]{2})"
                    + "(?<more>-.*)?");

    private Traceparent() {}

    static @Nullable String of(TraceContext span) {
        String text = "00-" + span.traceId() + "-" + span.spanId() + "-"
                + (Boolean.TRUE.equals(span.sampled()) ? "01" : "00");
        return FORM.matcher(text).matches() ? text : null;
    }

    /** Later versions may say more, and are read as this one (3.2.4). Two of them are none. */
    static Optional<String> given(List<String> headers) {
        return Optional.of(headers)
                .filter(all -> all.size() == 1)
                .map(all -> FORM.matcher(all.getFirst().strip()))
                .filter(Matcher::matches)
                .filter(header ->
                        header.group("more") == null || !header.group("version").equals("00"))
                .map(header ->
                        String.join("-", "00", header.group("trace"), header.group("parent"), header.group("flags")));
    }
}
