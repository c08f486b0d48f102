package dev.tidings.domain.category;

import java.time.Duration;

/**
 * How many notifications of a type one address may get.
 *
 * @param most from 1
 * @param within in any time of this length, up to 31 days
 */
public record RecipientLimit(int most, Duration within) {

    public static final Duration LONGEST = Duration.ofDays(31);

    public RecipientLimit {
        if (most < 1) {
            throw new IllegalArgumentException("recipient-limit.most must be at least 1, not " + most);
        }
        if (!within.isPositive() || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("recipient-limit.within must be positive, and at most "
                    + LONGEST.toDays() + " days, not " + within);
        }
    }
}
