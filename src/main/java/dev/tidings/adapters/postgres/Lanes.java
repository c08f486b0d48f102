package dev.tidings.adapters.postgres;

import dev.tidings.domain.category.Lane;

/** Lanes as numbers, the most urgent first, so that an index has them in that order. */
final class Lanes {

    private Lanes() {}

    static int number(Lane lane) {
        return switch (lane) {
            case INSTANT -> 0;
            case HIGH -> 1;
            case NORMAL -> 2;
            case LOW -> 3;
        };
    }

    static Lane of(int number) {
        return switch (number) {
            case 0 -> Lane.INSTANT;
            case 1 -> Lane.HIGH;
            case 2 -> Lane.NORMAL;
            case 3 -> Lane.LOW;
            default -> throw new IllegalStateException("no lane has the number " + number);
        };
    }
}
