package dev.tidings.adapters.operations;

import io.micrometer.common.KeyValue;
import java.util.Locale;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** What the trace of an HTTP request says: of its path only the template, since the path may name a person. */
final class RequestSpans extends DefaultServerRequestObservationConvention {

    @Override
    public String getContextualName(ServerRequestObservationContext context) {
        return "http " + method(context).getValue().toLowerCase(Locale.ROOT) + " "
                + uri(context).getValue();
    }

    @Override
    protected KeyValue uri(ServerRequestObservationContext context) {
        return KeyValue.of("uri", PathTemplate.readable(super.uri(context).getValue()));
    }

    @Override
    protected KeyValue httpUrl(ServerRequestObservationContext context) {
        return KeyValue.of("http.url", uri(context).getValue());
    }
}
