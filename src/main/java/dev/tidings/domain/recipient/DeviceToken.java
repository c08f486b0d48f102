package dev.tidings.domain.recipient;

import java.util.regex.Pattern;

/** One app on one device, as Firebase Cloud Messaging knows it: up to 4,096 letters, digits and {@code _ - : .}. */
public record DeviceToken(String value) implements Address {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_:.-]{1,4096}");
    private static final String SIMULATED = "simulator:";

    public DeviceToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be a registration token: 1 to 4096 letters, digits, _, -, : and .");
        }
    }

    @Override
    public boolean isSimulated() {
        return value.startsWith(SIMULATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
