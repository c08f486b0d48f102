package dev.tidings.application.parking;

import org.jspecify.annotations.Nullable;

/** The messages that were put aside. One person at a time goes through them: what is looked at is in nobody else's reach. */
public interface ParkedMessages {

    /**
     * Shows them one after the other, the oldest first, and does with each what is said. Shows none that it has put back
     * to work itself meanwhile.
     *
     * @param most to show
     * @throws ParkingUnavailable when they can't be reached, or somebody else goes through them
     */
    Visit visit(int most, Visitor visitor);

    @FunctionalInterface
    interface Visitor {

        Verdict see(ParkedMessage message, byte[] body);
    }

    sealed interface Verdict {

        /** It stays where it is. */
        record Keep() implements Verdict {}

        /** It goes back to where it came from. It is gone from here only when the broker has it there. */
        record Redrive(String by) implements Verdict {}

        record Delete() implements Verdict {}

        /** It stays, and no more are shown. */
        record Stop() implements Verdict {}
    }

    /**
     * @param seen how many were shown
     * @param all whether there were no more
     * @param problem why it ended early; what was done until then is done
     */
    record Visit(
            int seen,
            boolean all,
            int redriven,
            int deleted,
            @Nullable String problem) {}
}
