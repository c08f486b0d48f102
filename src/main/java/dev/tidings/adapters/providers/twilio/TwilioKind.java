package dev.tidings.adapters.providers.twilio;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.domain.recipient.Channel;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The same for both channels, but for how numbers are written and that WhatsApp has templates. */
abstract class TwilioKind implements ProviderKind<TwilioSettings> {

    private final String kind;
    private final Channel channel;

    @Component
    static final class Sms extends TwilioKind {
        Sms() {
            super("twilio-sms", Channel.SMS);
        }
    }

    @Component
    static final class WhatsApp extends TwilioKind {
        WhatsApp() {
            super("twilio-whatsapp", Channel.WHATSAPP);
        }
    }

    private TwilioKind(String kind, Channel channel) {
        this.kind = kind;
        this.channel = channel;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Class<TwilioSettings> settings() {
        return TwilioSettings.class;
    }

    @Override
    public Vendor vendor(TwilioSettings settings, Surroundings surroundings) {
        return new Twilio(channel, settings, surroundings);
    }

    @Override
    public Optional<CallbackReader> callbacks(TwilioSettings settings, Surroundings surroundings) {
        return Optional.of(new TwilioCallbacks(channel, settings.authToken(), surroundings));
    }
}
