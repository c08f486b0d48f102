package dev.tidings.application.notification;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person will read. {@code html} is absent when there is only text; {@code subject} is the title of a push
 * message, and is not shown where there is no place for one.
 */
public record Message(String subject, String text, @Nullable String html, Extras extras) {

    public Message(String subject, String text, @Nullable String html) {
        this(subject, text, html, Extras.NONE);
    }

    /**
     * What some providers need or take beside the text.
     *
     * @param template the name of the template that it was rendered from; absent when it came ready
     * @param variables by which a provider that has the template itself renders it: WhatsApp and some SMS providers take
     *     nothing else; in the order in which they were given
     * @param data for the app that gets a push message
     * @param media a picture or a document that goes with it
     * @param options for the provider, by the names that it documents, such as {@code instance}
     */
    public record Extras(
            @Nullable String template,
            Map<String, String> variables,
            Map<String, String> data,
            @Nullable URI media,
            Map<String, String> options) {

        public static final Extras NONE = new Extras(null, Map.of(), Map.of(), null, Map.of());
    }
}
