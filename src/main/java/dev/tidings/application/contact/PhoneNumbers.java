package dev.tidings.application.contact;

import dev.tidings.domain.recipient.PhoneNumber;
import java.util.Optional;

/** Knows the numbering plans of the world. */
public interface PhoneNumbers {

    /**
     * Reads a number as people write it: {@code +49 30 123456}, {@code 0049 (30) 123-456}, and the national form of one
     * country where one is configured.
     *
     * @throws IllegalArgumentException with words for whoever wrote it
     */
    PhoneNumber parse(String text);

    /** ISO 3166-1 alpha-2, in capitals; absent for numbers that belong to no country, such as those of satellites. */
    Optional<String> countryOf(PhoneNumber number);
}
