package dev.tidings.adapters.wiring;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Fallbacks;
import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.application.acceptance.RecipientLimits;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.commit.EventLog;
import dev.tidings.application.commit.NodeName;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.contact.ManageContactPoints;
import dev.tidings.application.delivery.Aftermath;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.delivery.DirectProviders;
import dev.tidings.application.delivery.ProviderMessages;
import dev.tidings.application.delivery.RecordAttempts;
import dev.tidings.application.delivery.RecoverInterruptedAttempts;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.events.WhenUserEventThenNotify;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.application.intervention.KeepOrder;
import dev.tidings.application.intervention.ManageSuppressions;
import dev.tidings.application.intervention.RedriveFailed;
import dev.tidings.application.intervention.WhenItFailsThenFallBack;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.RebuildViews;
import dev.tidings.application.notification.ViewsBeside;
import dev.tidings.application.parking.ParkedMessages;
import dev.tidings.application.parking.ReviewParked;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.application.preferences.Recipients;
import dev.tidings.application.reports.RecordReports;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.domain.category.Categories;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class UseCases {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator random() {
        return new PerThreadRandom();
    }

    @Bean
    Categories categories(TidingsSettings settings) {
        return settings.toCategories();
    }

    @Bean
    Aftermath aftermath(ProviderMessages messages, Suppressions suppressions, ContactPoints contacts) {
        return new Aftermath(messages, suppressions, contacts);
    }

    @Bean(destroyMethod = "")
    RecordAttempts recordAttempts(
            UnitsOfWork units, EventLog log, DeliveryQueue queue, Aftermath aftermath, Outages outages) {
        return new RecordAttempts(units, log, queue, aftermath, outages);
    }

    @Bean(destroyMethod = "")
    RecoverInterruptedAttempts recoverInterruptedAttempts(
            DeliveryQueue queue, RecordAttempts attempts, InstantSource clock, DeliveryEngines engines) {
        return new RecoverInterruptedAttempts(queue, attempts, clock, engines::wake);
    }

    @Bean
    Intake intake(TidingsSettings settings, InstantSource clock) {
        return new Intake(settings.delivery().mostWaiting(), clock);
    }

    @Bean(destroyMethod = "")
    AcceptNotifications acceptNotifications(
            UnitsOfWork units,
            SourceMessages sources,
            RecentMessages recent,
            PreferencesLog preferences,
            Recipients recipients,
            NotificationContents contents,
            DeliveryQueue queue,
            Suppressions suppressions,
            Fallbacks fallbacks,
            RecipientLimits limits,
            DeliveryEngines engines,
            RandomGenerator random,
            Intake intake,
            Outages outages) {
        return new AcceptNotifications(
                units,
                new AcceptNotifications.Ports(
                        sources, recent, preferences, recipients, contents, queue, suppressions, fallbacks, limits),
                engines,
                random,
                intake,
                outages);
    }

    @Bean
    Intervene intervene(
            UnitsOfWork units, EventLog log, DeliveryQueue queue, InstantSource clock, DeliveryEngines engines) {
        return new Intervene(units, log, queue, clock, engines::wake);
    }

    @Bean
    RedriveFailed redriveFailed(NotificationReads reads, Intervene intervene, Outages outages, InstantSource clock) {
        return new RedriveFailed(reads, intervene, outages, clock);
    }

    @Bean(destroyMethod = "")
    KeepOrder keepOrder(
            Intervene intervene,
            SourceMessages sources,
            RecentMessages recent,
            ProviderMessages messages,
            RecipientLimits limits,
            InstantSource clock,
            TidingsSettings settings) {
        return new KeepOrder(
                intervene,
                sources,
                recent,
                messages,
                limits,
                clock,
                settings.idempotency().keep());
    }

    @Bean
    ComposeNotifications composeNotifications(
            Categories categories, Roster roster, Templates templates, InstantSource clock) {
        return new ComposeNotifications(categories, roster, templates, clock);
    }

    @Bean
    SendByChannels sendByChannels(ComposeNotifications compose, AcceptNotifications accept, ContactPoints contacts) {
        return new SendByChannels(compose, accept, contacts);
    }

    @Bean
    WhenItFailsThenFallBack whenItFailsThenFallBack(Fallbacks fallbacks, Intervene intervene, InstantSource clock) {
        return new WhenItFailsThenFallBack(fallbacks, intervene, clock);
    }

    @Bean
    WhenUserEventThenNotify whenUserEventThenNotify(
            ComposeNotifications compose, AcceptNotifications accept, TidingsSettings settings) {
        return new WhenUserEventThenNotify(compose, accept, settings.toLinks());
    }

    @Bean
    ReviewParked reviewParked(ParkedMessages messages, InstantSource clock) {
        return new ReviewParked(messages, clock, Thread::sleep);
    }

    @Bean
    ManagePreferences managePreferences(UnitsOfWork units, Recipients recipients, InstantSource clock) {
        return new ManagePreferences(units, recipients, clock);
    }

    @Bean
    ManageContactPoints manageContactPoints(
            UnitsOfWork units, ContactPoints contacts, Suppressions suppressions, InstantSource clock) {
        return new ManageContactPoints(units, contacts, suppressions, clock);
    }

    @Bean
    ManageSuppressions manageSuppressions(
            UnitsOfWork units, Suppressions suppressions, Aftermath aftermath, InstantSource clock) {
        return new ManageSuppressions(units, suppressions, aftermath, clock);
    }

    @Bean
    RebuildViews rebuildViews(ViewsBeside views, NodeName node, InstantSource clock) {
        return new RebuildViews(views, node, clock);
    }

    @Bean
    @Profile("!production & !staging")
    Welcome welcome() {
        return new Welcome();
    }

    @Bean
    WorkingOrder workingOrder(
            AcceptNotifications accept,
            DeliveryEngines engines,
            RecordAttempts attempts,
            RecoverInterruptedAttempts recover,
            KeepOrder keepOrder,
            DirectProviders directProviders,
            RecordReports reports) {
        return new WorkingOrder(accept, engines, attempts, recover, keepOrder, directProviders, reports);
    }
}
