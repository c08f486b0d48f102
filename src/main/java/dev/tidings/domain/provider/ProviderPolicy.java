package dev.tidings.domain.provider;

import java.util.Set;

/**
 * What operators decide about a provider.
 *
 * @param priority those with the lowest number are used first, from 0
 * @param weight among those of one priority, each gets messages in proportion to it; 0 to 1,000. With 0 it gets only what
 *     the others can't take
 * @param mode whether it is used
 * @param perSecond how many messages all nodes together give to it in a second; 0: as many as it takes
 * @param perDay how many in a day by UTC; 0: as many as it takes
 * @param countries to phone numbers of which countries it sends (ISO 3166-1 alpha-2); to all when empty
 */
public record ProviderPolicy(int priority, int weight, Mode mode, int perSecond, long perDay, Set<String> countries) {

    public static final int USUAL_PRIORITY = 100;
    public static final int USUAL_WEIGHT = 100;
    public static final int MOST_WEIGHT = 1_000;
    public static final ProviderPolicy USUAL =
            new ProviderPolicy(USUAL_PRIORITY, USUAL_WEIGHT, Mode.ACTIVE, 0, 0, Set.of());

    public enum Mode {
        ACTIVE,
        /** Gets nothing but what is meant for it alone. */
        DRAINING,
        /** Gets nothing. */
        INACTIVE
    }

    public ProviderPolicy {
        countries = Set.copyOf(countries);
        require(priority >= 0, "priority must be at least 0, not " + priority);
        require(weight >= 0 && weight <= MOST_WEIGHT, "weight must be 0 to " + MOST_WEIGHT + ", not " + weight);
        require(perSecond >= 0, "per-second must be at least 0, not " + perSecond);
        require(perDay >= 0, "per-day must be at least 0, not " + perDay);
        countries.forEach(country -> require(
                country.matches("[A-Z]{2}"), "countries must have two capital letters each, not \"" + country + "\""));
    }

    public boolean isLimited() {
        return perSecond > 0 || perDay > 0;
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
