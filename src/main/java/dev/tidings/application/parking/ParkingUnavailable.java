package dev.tidings.application.parking;

import org.jspecify.annotations.Nullable;

/** What was put aside can't be reached for now. */
public final class ParkingUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ParkingUnavailable(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
