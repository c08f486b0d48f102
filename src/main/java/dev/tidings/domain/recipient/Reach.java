package dev.tidings.domain.recipient;

/** One way to reach somebody: an address, by one channel that it is for. */
public record Reach(Channel channel, Address address) {}
