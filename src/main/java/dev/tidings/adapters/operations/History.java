package dev.tidings.adapters.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What had been counted at each of the last moments, so that one can tell what was counted lately. */
final class History {

    private final Duration reach;
    private final Deque<Moment> moments = new ArrayDeque<>();

    private record Moment(Instant at, Totals totals) {}

    /** What was counted in some span of time; {@code over} is shorter than asked for in a young process. */
    record Lately(Duration over, Totals totals) {

        double perSecond(double count) {
            return over.isPositive() ? count / Spans.seconds(over) : 0;
        }
    }

    /** @param reach how far back it is remembered */
    History(Duration reach, Instant start) {
        this.reach = reach;
        moments.add(new Moment(start, Totals.NONE));
    }

    synchronized void add(Instant at, Totals totals) {
        moments.addLast(new Moment(at, totals));
        Instant oldest = at.minus(reach);
        while (moments.size() > 2 && second().at().isBefore(oldest)) {
            moments.removeFirst();
        }
    }

    private Moment second() {
        return moments.stream().skip(1).findFirst().orElseThrow();
    }

    synchronized Lately over(Duration span) {
        Moment newest = moments.getLast();
        Moment before = moments.getFirst();
        for (Moment moment : moments) {
            if (Duration.between(moment.at, newest.at).compareTo(span) < 0) {
                break;
            }
            before = moment;
        }
        return new Lately(Duration.between(before.at, newest.at), newest.totals.since(before.totals));
    }

    synchronized Totals totals() {
        return moments.getLast().totals;
    }
}
