package dev.tidings.application.doubles;

import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.domain.recipient.PhoneNumber;
import java.util.Optional;

/** Takes international numbers only, and knows no country. */
public final class PlainNumbers implements PhoneNumbers {

    @Override
    public PhoneNumber parse(String text) {
        return new PhoneNumber(text);
    }

    @Override
    public Optional<String> countryOf(PhoneNumber number) {
        return Optional.empty();
    }
}
