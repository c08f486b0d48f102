package dev.tidings.domain.notification;

/** The template a message was rendered from, pinned. {@code version} changes whenever the template's text does. */
public record TemplateRef(String name, String version) {}
