package dev.tidings.domain.category;

/** How urgent a notification is; the queue serves them in this order. */
public enum Lane {
    INSTANT(0),
    HIGH(1),
    NORMAL(2),
    LOW(3);

    private final int rank;

    Lane(int rank) {
        this.rank = rank;
    }

    /** From 0, the most urgent. */
    public int rank() {
        return rank;
    }
}
