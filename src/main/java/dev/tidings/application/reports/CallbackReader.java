package dev.tidings.application.reports;

import dev.tidings.domain.notification.ProviderName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Tells a provider's callbacks from forged ones, and reads them. Changes nothing. */
public interface CallbackReader {

    /** Callbacks to {@code /callbacks/<name>} and below are read by this one. */
    ProviderName provider();

    /** What goes wrong is an answer, not an exception. */
    Reading read(Callback callback);

    /**
     * A request as it arrived.
     *
     * @param method in capitals
     * @param url as the provider has called it, before any proxy, with its query
     * @param headers by their names in lower case
     * @param body the very bytes; read-only, each reader takes a duplicate
     */
    record Callback(String method, URI url, Map<String, List<String>> headers, ByteBuffer body) {}

    sealed interface Reading {

        /** It comes from the provider. What in it is nothing to us is left out. */
        record Genuine(List<ProviderNews> news) implements Reading {}

        /** The provider wants to see this text, to know that we are who we are. */
        record Challenged(String answer) implements Reading {}

        /** Somebody else may have made it, or it is an old one. */
        record Refused(Why why) implements Reading {}

        /** It comes from the provider, and makes no sense. */
        record Unreadable(String problem) implements Reading {}
    }

    enum Why {
        FORGED,
        STALE,
        /** There is nothing configured to tell it from a forged one. */
        UNVERIFIABLE
    }
}
