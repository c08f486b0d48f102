package dev.tidings.application.commit;

/**
 * This start of this process, as it stands in what it has claimed.
 *
 * @param value borne by no other start
 * @param prefix what those of all starts under this name begin with; when this one began, all others had ended
 */
public record Claimant(String value, String prefix) {}
