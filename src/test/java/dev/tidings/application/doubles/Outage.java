package dev.tidings.application.doubles;

import dev.tidings.application.commit.Outages;

/** A part is down for now. */
public final class Outage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Knows want of space from other outages. */
    public static final Outages OUTAGES = new Outages() {

        @Override
        public boolean isOutage(Throwable thrown) {
            return Outage.isOutage(thrown);
        }

        @Override
        public boolean isOutOfSpace(Throwable thrown) {
            return thrown instanceof Outage outage && outage.forWantOfSpace;
        }
    };

    private final boolean forWantOfSpace;

    public Outage() {
        this(false);
    }

    private Outage(boolean forWantOfSpace) {
        super("down for now");
        this.forWantOfSpace = forWantOfSpace;
    }

    public static Outage forWantOfSpace() {
        return new Outage(true);
    }

    public static boolean isOutage(Throwable thrown) {
        return thrown instanceof Outage;
    }
}
