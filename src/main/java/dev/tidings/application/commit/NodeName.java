package dev.tidings.application.commit;

/** This process among its peers: unique while it runs, and the same after a restart where that can be. */
public record NodeName(String value) {}
