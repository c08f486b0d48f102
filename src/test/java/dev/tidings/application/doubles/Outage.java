package dev.tidings.application.doubles;

/** A part is down for now. */
public final class Outage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Outage() {
        super("down for now");
    }

    public static boolean isOutage(Throwable thrown) {
        return thrown instanceof Outage;
    }
}
