package dev.tidings.adapters.sandbox;

import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.PushSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a simulated address what it does: {@code flaky+3@simulator.example}, {@code simulator:flaky-3},
 * {@code https://simulator.example/flaky-3}, or the last two digits of a phone number. What is none of these words
 * arrives.
 */
final class Simulator {

    /** A word, then perhaps a number, then whatever makes the address different from others. */
    private static final Pattern FORM = Pattern.compile("/?([a-z]+)(?:[^a-z0-9]([0-9]{1,4})?.*)?");

    private static final int USUAL_FAILURES = 1;
    private static final int USUAL_DELAY_S = 10;

    private Simulator() {}

    /** Empty for addresses of people. */
    static Optional<Behaviour> behaviourOf(Address address) {
        if (!address.isSimulated()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (address) {
                    case EmailAddress it ->
                        byWord(it.value().substring(0, it.value().indexOf('@')));
                    case DeviceToken it ->
                        byWord(it.value().substring(it.value().indexOf(':') + 1));
                    case PushSubscription it -> byWord(it.endpoint().getPath());
                    case PhoneNumber it ->
                        byDigits(
                                Integer.parseInt(it.value().substring(it.value().length() - 2)));
                });
    }

    private static Behaviour byWord(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new Behaviour.Delivered();
        }
        Optional<Integer> number = Optional.ofNullable(form.group(2)).map(Integer::valueOf);
        return switch (form.group(1)) {
            case "bounced" -> new Behaviour.Bounced();
            case "failed" -> new Behaviour.Failed();
            case "gone" -> new Behaviour.Gone();
            case "hanging" -> new Behaviour.Hanging();
            case "flaky" -> new Behaviour.Flaky(number.orElse(USUAL_FAILURES));
            case "late" -> new Behaviour.Late(Duration.ofSeconds(number.orElse(USUAL_DELAY_S)));
            default -> new Behaviour.Delivered();
        };
    }

    private static Behaviour byDigits(int digits) {
        return switch (digits / 10) {
            case 0 ->
                switch (digits) {
                    case 1 -> new Behaviour.Bounced();
                    case 2 -> new Behaviour.Failed();
                    case 3 -> new Behaviour.Gone();
                    case 4 -> new Behaviour.Hanging();
                    default -> new Behaviour.Delivered();
                };
            case 1 -> new Behaviour.Flaky(digits % 10);
            case 2 -> new Behaviour.Late(Duration.ofSeconds(10L * (digits % 10)));
            default -> new Behaviour.Delivered();
        };
    }
}
