package dev.tidings.adapters.providers.sendgrid;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.application.reports.CallbackReader;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class SendGridEmail implements ProviderKind<SendGridSettings> {

    @Override
    public String kind() {
        return "sendgrid-email";
    }

    @Override
    public Class<SendGridSettings> settings() {
        return SendGridSettings.class;
    }

    @Override
    public Vendor vendor(SendGridSettings settings, Surroundings surroundings) {
        return new SendGrid(settings, surroundings.clock());
    }

    @Override
    public Optional<CallbackReader> callbacks(SendGridSettings settings, Surroundings surroundings) {
        return Optional.of(new SendGridEvents(settings, surroundings));
    }
}
