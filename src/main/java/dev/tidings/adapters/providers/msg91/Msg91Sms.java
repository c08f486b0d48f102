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

/** By a flow, which is a text that Indian carriers have registered; by the older API where none is configured. */
@Component
final class Msg91Sms implements ProviderKind<Msg91Sms.Settings> {

    /**
     * @param flow for messages whose template has none of its own
     * @param textVariable what the text is called in that flow
     * @param templates the flow by the name of our template, whose variables it takes
     * @param sender the registered sender id
     * @param route of the older API: 4 is for transactions, 1 for promotion
     * @param country of the older API: 0 means that numbers have their country code
     * @param callbackSecret the last part of the path of our URL for delivery reports, which are believed only with it
     */
    record Settings(
            @DefaultValue("https://control.msg91.com") String baseUrl,
            @DefaultValue("") String authKey,
            @DefaultValue("") String flow,
            @DefaultValue("text") String textVariable,
            @DefaultValue Map<String, String> templates,
            @DefaultValue("") String sender,
            @DefaultValue("4") String route,
            @DefaultValue("0") String country,
            @DefaultValue("") String callbackSecret)
            implements ProviderKind.Settings {

        @Override
        public List<Needed> needed() {
            return List.of(
                    Needed.shared("auth-key", authKey),
                    Needed.own("sender", flow + sender + String.join("", templates.values())));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Msg91Sms.Settings[" + sender + "]";
        }
    }

    @Override
    public String kind() {
        return "msg91-sms";
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

        Msg91(Settings settings, Surroundings surroundings) {
            this(settings, surroundings, BaseUrl.of(settings.baseUrl), new Discretion(List.of(settings.authKey)));
        }

        @Override
        public Channel channel() {
            return Channel.SMS;
        }

        @Override
        public Order order(OutgoingMessage message) {
            if (message.message().extras().media() != null) {
                return new Order.Refused(new SendOutcome.Unsuitable(new Failure("media", "SMS carries no media here")));
            }
            String number = ((PhoneNumber) message.recipient()).withoutPlus();
            String template = message.message().extras().template();
            String own = template == null ? "" : settings.templates.getOrDefault(template, "");
            if (!own.isEmpty()) {
                return flow(own, number, message.message().extras().variables());
            }
            String text = message.message().text();
            if (!settings.flow.isBlank()) {
                return flow(settings.flow, number, Map.of(settings.textVariable, text));
            }
            return settings.sender.isBlank()
                    ? new Order.Refused(new SendOutcome.Unsuitable(new Failure("flow", "no flow is configured for it")))
                    : legacy(number, text);
        }

        private Order flow(String id, String number, Map<String, String> variables) {
            Map<String, String> recipient = new LinkedHashMap<>(variables);
            recipient.put("mobiles", number);
            return Msg91Call.post(
                    settings.authKey,
                    base.at("/api/v5/flow"),
                    Map.of("template_id", id, "short_url", "0", "recipients", List.of(recipient)));
        }

        private Order legacy(String number, String text) {
            return Msg91Call.post(
                    settings.authKey,
                    base.at("/api/v2/sendsms"),
                    Map.of(
                            "sender",
                            settings.sender,
                            "route",
                            settings.route,
                            "country",
                            settings.country,
                            "sms",
                            List.of(Map.of("message", text, "to", List.of(number)))));
        }

        @Override
        public SendOutcome outcome(Answered answer, OutgoingMessage message) {
            return Msg91Answer.outcome(
                    answer, message, discretion, surroundings.clock().instant());
        }
    }
}
