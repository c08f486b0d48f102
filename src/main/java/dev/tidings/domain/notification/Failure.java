package dev.tidings.domain.notification;

/**
 * Why an attempt failed, in the provider's words, with addresses taken out.
 *
 * @param code the provider's code, such as {@code 550 5.1.1}, or a word for what happened, such as {@code unreachable}
 */
public record Failure(String code, String detail) {}
