package dev.tidings.adapters.wiring;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.delivery.Aftermath;
import dev.tidings.application.delivery.CircuitBreakers;
import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.DeliveryEngine;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DirectProviders;
import dev.tidings.application.delivery.LastRules;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.ProviderUsage;
import dev.tidings.application.delivery.RecordAttempts;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.reports.RecordReports;
import dev.tidings.application.reports.UnmatchedReports;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.PhoneNumber;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For each channel that has a provider its routes, and the engine that sends over them. */
@Configuration(proxyBeanMethods = false)
class Delivery {

    @Bean
    @ConditionalOnMissingBean
    Roster roster(
            ObjectProvider<ConfiguredProviders> configured,
            TidingsSettings settings,
            CircuitBreakers breakers,
            ProviderUsage usage,
            PhoneNumbers phones,
            RandomGenerator random,
            InstantSource clock) {
        Map<Channel, List<Route>> byChannel = configured
                .orderedStream()
                .flatMap(source -> source.all().stream())
                .collect(groupingBy(
                        MessageProvider::channel,
                        () -> new EnumMap<>(Channel.class),
                        mapping(
                                provider -> new Route(
                                        provider,
                                        settings.policyOf(provider.name()),
                                        breakers.of(provider.name()),
                                        usage),
                                toList())));
        return new Roster(byChannel.entrySet().stream()
                .map(entry -> new Routes(
                        entry.getKey(), entry.getValue(), address -> countryOf(address, phones), random, clock))
                .toList());
    }

    private static Optional<String> countryOf(Address address, PhoneNumbers phones) {
        return address instanceof PhoneNumber number ? phones.countryOf(number) : Optional.empty();
    }

    @Bean(destroyMethod = "")
    DeliveryEngines deliveryEngines(
            Roster roster,
            Categories categories,
            DeliveryQueue queue,
            RecordAttempts attempts,
            Outages outages,
            InstantSource clock,
            TidingsSettings settings) {
        LastRules lastRules = new LastRules(categories);
        return new DeliveryEngines(roster.channels().stream()
                .flatMap(channel -> roster.of(channel).stream())
                .map(routes -> new DeliveryEngine(
                        routes, lastRules, queue, attempts, outages, clock, settings.toDeliverySettings(routes)))
                .toList());
    }

    @Bean(destroyMethod = "")
    RecordReports recordReports(
            UnitsOfWork units,
            EventLog log,
            DeliveryQueue queue,
            ProviderMessages messages,
            UnmatchedReports unmatched,
            NotificationContents contents,
            Suppressions suppressions,
            Aftermath aftermath,
            Outages outages,
            InstantSource clock) {
        return new RecordReports(
                units,
                new RecordReports.Ports(log, queue, messages, unmatched, contents, suppressions, aftermath),
                outages,
                clock);
    }

    @Bean(destroyMethod = "")
    DirectProviders directProviders(Roster roster, ProviderChoices choices, DeliveryEngines engines) {
        return new DirectProviders(roster, choices, engines::wake);
    }
}
