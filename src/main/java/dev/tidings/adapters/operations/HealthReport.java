package dev.tidings.adapters.operations;

import java.time.Instant;
import java.util.Map;

/** How all parts are, by name, and what follows for the whole. */
record HealthReport(Status status, String node, Instant at, Map<String, PartHealth> parts) {

    static HealthReport of(String node, Instant at, Map<String, PartHealth> parts) {
        return new HealthReport(overall(parts), node, at, parts);
    }

    /** Requests are accepted, kept and delivered later without any other part than the primary. */
    private static Status overall(Map<String, PartHealth> parts) {
        if (parts.getOrDefault(Parts.PRIMARY, PartHealth.NONE).status() == Status.DOWN) {
            return Status.DOWN;
        }
        boolean allUp = parts.values().stream().allMatch(part -> part.status() == Status.UP);
        return allUp ? Status.UP : Status.DEGRADED;
    }

    PartHealth part(String name) {
        return parts.getOrDefault(name, PartHealth.NONE);
    }

    boolean isDown(String part) {
        return part(part).status() == Status.DOWN;
    }
}
