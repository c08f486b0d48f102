package dev.tidings.chaos;

/**
 * One fault of one part.
 *
 * @param fault in words, for the table
 */
public record Cell(Part part, String name, String fault, Fault strike) {

    /** What may fail. */
    public enum Part {
        TIDINGS,
        PRIMARY,
        STANDBY,
        BROKER,
        RELAY
    }

    /** Does the harm, and mends it. */
    @FunctionalInterface
    interface Fault {

        /** @param over to be run when the harm is over, at the end at the latest; the rest is tidying up */
        void strike(Stage stage, Runnable over) throws Exception;
    }

    /** As it is chosen by: {@code primary-sigkill}. */
    public String id() {
        return part.name().toLowerCase(java.util.Locale.ROOT) + "-" + name;
    }
}
