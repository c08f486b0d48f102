package dev.tidings.adapters.providers.msg91;

import dev.tidings.adapters.providers.ProviderKind;
import dev.tidings.adapters.providers.Vendor;
import dev.tidings.adapters.providers.http.BaseUrl;
import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.reports.CallbackReader;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Text within 24 hours of what a person wrote; else by a template that Meta has approved. */
@Component
final class Msg91WhatsApp implements ProviderKind<Msg91WhatsApp.Settings> {

    /**
     * @param integratedNumber the number that messages come from, with its country code
     * @param templates WhatsApp's template by the name of ours, whose variables it takes in the order in which they are given
     * @param language of those templates, as Meta writes it
     * @param namespace of those templates
     * @param callbackSecret the last part of the path of our URL for delivery reports, which are believed only with it
     */
    record Settings(
            @DefaultValue("https://control.msg91.com") String baseUrl,
            @DefaultValue("") String authKey,
            @DefaultValue("") String integratedNumber,
            @DefaultValue Map<String, String> templates,
            @DefaultValue("en") String language,
            @DefaultValue("") String namespace,
            @DefaultValue("") String callbackSecret)
            implements ProviderKind.Settings {

        @Override
        public List<Needed> needed() {
            return List.of(Needed.shared("auth-key", authKey), Needed.own("integrated-number", integratedNumber));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Msg91WhatsApp.Settings[]";
        }
    }

    @Override
    public String kind() {
        return "msg91-whatsapp";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Vendor vendor(Settings settings, Surroundings surroundings) {
        return new Msg91(settings, surroundings);
    }

    @Override
    public Optional<CallbackReader> callbacks(Settings settings, Surroundings surroundings) {
        return Optional.of(new Msg91Reports(settings.callbackSecret, surroundings));
    }

    private record Msg91(Settings settings, Surroundings surroundings, BaseUrl base, Discretion discretion)
            implements Vendor {

        private static final String MESSAGES = "/api/v5/whatsapp/whatsapp-outbound-message/";

        Msg91(Settings settings, Surroundings surroundings) {
            this(settings, surroundings, BaseUrl.of(settings.baseUrl), new Discretion(List.of(settings.authKey)));
        }

        @Override
        public Channel channel() {
            return Channel.WHATSAPP;
        }

        @Override
        public Order order(OutgoingMessage message) {
            if (message.message().extras().media() != null) {
                return new Order.Refused(
                        new SendOutcome.Unsuitable(new Failure("media", "media can't be sent this way")));
            }
            String number = ((PhoneNumber) message.recipient()).withoutPlus();
            String ours = message.message().extras().template();
            String template = ours == null ? "" : settings.templates.getOrDefault(ours, "");
            return template.isEmpty()
                    ? text(number, message.message().text())
                    : template(template, number, message.message().extras().variables());
        }

        private Order text(String number, String text) {
            return Msg91Call.post(
                    settings.authKey,
                    base.at(MESSAGES),
                    Map.of(
                            "integrated_number",
                            integratedNumber(),
                            "recipient_number",
                            number,
                            "content_type",
                            "text",
                            "text",
                            text));
        }

        private Order template(String name, String number, Map<String, String> variables) {
            Map<String, Object> components = new LinkedHashMap<>();
            for (String value : variables.values()) {
                components.put("body_" + (components.size() + 1), Map.of("type", "text", "value", value));
            }
            Map<String, Object> template = new LinkedHashMap<>();
            template.put("name", name);
            template.put("language", Map.of("code", settings.language, "policy", "deterministic"));
            if (!settings.namespace.isBlank()) {
                template.put("namespace", settings.namespace);
            }
            template.put("to_and_components", List.of(Map.of("to", List.of(number), "components", components)));
            return Msg91Call.post(
                    settings.authKey,
                    base.at(MESSAGES + "bulk/"),
                    Map.of(
                            "integrated_number",
                            integratedNumber(),
                            "content_type",
                            "template",
                            "payload",
                            Map.of("messaging_product", "whatsapp", "type", "template", "template", template)));
        }

        private String integratedNumber() {
            return settings.integratedNumber.replaceFirst("^\\+", "");
        }

        @Override
        public SendOutcome outcome(Answered answer, OutgoingMessage message) {
            return Msg91Answer.outcome(
                    answer, message, discretion, surroundings.clock().instant());
        }
    }
}
