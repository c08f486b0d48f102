package dev.tidings.application.notification;

import org.jspecify.annotations.Nullable;

/** What a person will read. {@code html} is absent when there is only text. */
public record Message(String subject, String text, @Nullable String html) {}
