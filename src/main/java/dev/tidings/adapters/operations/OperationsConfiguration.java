package dev.tidings.adapters.operations;

import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.commit.DatabaseHealth;
import dev.tidings.application.commit.NodeName;
import dev.tidings.application.commit.ProcessorLags;
import dev.tidings.application.delivery.ConfiguredProviders;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.ProviderHealth;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.events.BrokerHealth;
import dev.tidings.application.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
class OperationsConfiguration {

    @Bean
    EventMeters eventMeters(MeterRegistry registry) {
        return new EventMeters(registry);
    }

    @Bean
    Sampler sampler(
            InstantSource clock,
            ObjectProvider<DeliveryQueue> queue,
            ObjectProvider<ProcessorLags> processors,
            ObjectProvider<DatabaseHealth> databases,
            ObjectProvider<Ledger> ledger) {
        return new Sampler(clock, optional(queue), optional(processors), optional(databases), optional(ledger));
    }

    @Bean
    Health health(
            NodeName node,
            InstantSource clock,
            AlertSettings bounds,
            ObjectProvider<DatabaseHealth> databases,
            ObjectProvider<BrokerHealth> broker,
            ObjectProvider<ProviderHealth> health,
            ObjectProvider<ConfiguredProviders> providers,
            ObjectProvider<Roster> roster,
            ObjectProvider<Intake> intake,
            Sampler sampler) {
        return new Health(
                node,
                clock,
                new Parts(bounds)
                        .all(
                                optional(databases),
                                optional(broker),
                                healths(health, providers),
                                optional(roster),
                                optional(intake),
                                sampler));
    }

    private static List<ProviderHealth> healths(
            ObjectProvider<ProviderHealth> health, ObjectProvider<ConfiguredProviders> providers) {
        return Stream.concat(
                        health.orderedStream(),
                        providers
                                .orderedStream()
                                .flatMap(configured -> configured.all().stream())
                                .filter(ProviderHealth.class::isInstance)
                                .map(ProviderHealth.class::cast))
                .toList();
    }

    @Bean
    History history(InstantSource clock, AlertSettings bounds) {
        return new History(bounds.window(), clock.instant());
    }

    @Bean
    Alerts alerts() {
        return new Alerts();
    }

    @Bean
    Watch watch(
            Sampler sampler,
            MeterRegistry registry,
            History history,
            Health health,
            AlertSettings bounds,
            Alerts alerts,
            ObjectProvider<Intake> intake,
            ObjectProvider<Roster> roster) {
        roster.ifAvailable(known -> ProviderGauges.register(known, registry));
        return new Watch(
                sampler,
                registry,
                history,
                health,
                new SampleGauges(registry, sampler),
                new AlertRules(bounds),
                new OpenCircuits(optional(roster), bounds),
                alerts,
                optional(intake));
    }

    @Bean
    Runtimes runtimes(ObjectProvider<MeterRegistry> registry) {
        return new Runtimes(registry::getObject);
    }

    @Bean
    HealthEndpoints healthEndpoints(Health health, ApplicationAvailability availability) {
        return new HealthEndpoints(health, availability);
    }

    @Bean
    FigureEndpoints figureEndpoints(
            NodeName node,
            InstantSource clock,
            History history,
            Sampler sampler,
            Runtimes runtimes,
            Alerts alerts,
            PrometheusMeterRegistry registry) {
        return new FigureEndpoints(node, clock, history, sampler, runtimes, alerts, registry);
    }

    @Bean
    AccessLog accessLog() {
        return new AccessLog();
    }

    private static <T> Optional<T> optional(ObjectProvider<T> provider) {
        return Optional.ofNullable(provider.getIfAvailable());
    }
}
