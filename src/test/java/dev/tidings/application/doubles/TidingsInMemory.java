package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.Intake;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.announcements.WhenSomethingSettlesThenAnnounce;
import dev.tidings.application.commit.LogProcessor;
import dev.tidings.application.commit.LogProcessor.Logged;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.delivery.Aftermath;
import dev.tidings.application.delivery.DeliveryEngine;
import dev.tidings.application.delivery.DeliveryEngines;
import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.delivery.LastRules;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.RecordAttempts;
import dev.tidings.application.delivery.RecoverInterruptedAttempts;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.events.Links;
import dev.tidings.application.events.WhenUserEventThenNotify;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.application.notification.NotificationProjection;
import dev.tidings.application.notification.NotificationRequestAggregate;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.parking.ReviewParked;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.application.preferences.NotificationPreferencesAggregate;
import dev.tidings.application.reports.RecordReports;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.notification.NotificationCommand;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.preferences.PreferencesCommand;
import dev.tidings.domain.recipient.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.json.JacksonSerializer;

/** Tidings without the outside: its real domain and application over ports that are kept in memory. */
public final class TidingsInMemory implements AutoCloseable {

    public static final Duration LEASE = Duration.ofSeconds(60);
    public static final RetryPolicy RETRY =
            new RetryPolicy(List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)), 0);
    public static final Categories CATEGORIES = new Categories(List.of(
            category("email_verification", Lane.INSTANT, false, WhenUnknown.RESEND),
            category("password_reset", Lane.INSTANT, false, WhenUnknown.RESEND),
            category("security_alert", Lane.INSTANT, false, WhenUnknown.RESEND),
            category("welcome", Lane.NORMAL, true, WhenUnknown.RESEND),
            category("marketing", Lane.LOW, true, WhenUnknown.HOLD)));
    public static final Links LINKS = new Links(
            "https://example.org/verify?token={token}",
            "https://example.org/reset?token={token}",
            "https://example.org/sign-in",
            "https://example.org/support");

    public final SettableClock clock = new SettableClock();
    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final InMemoryEvents events = new InMemoryEvents(transactions);
    public final InMemoryContents contents = new InMemoryContents(transactions);
    public final InMemoryDeliveryQueue queue = new InMemoryDeliveryQueue(transactions, contents);
    public final InMemorySourceMessages sources = new InMemorySourceMessages(transactions);
    public final InMemoryRecentMessages recent = new InMemoryRecentMessages(transactions, events);
    public final InMemoryRecipients recipients = new InMemoryRecipients(transactions);
    public final InMemoryPreferencesLog preferencesLog = new InMemoryPreferencesLog(events);
    public final InMemorySuppressions suppressions = new InMemorySuppressions(transactions);
    public final InMemoryContactPoints contacts = new InMemoryContactPoints(transactions);
    public final InMemoryProviderMessages providerMessages = new InMemoryProviderMessages(transactions);
    public final InMemoryUnmatchedReports unmatched = new InMemoryUnmatchedReports(transactions, providerMessages);
    public final InMemoryFallbacks fallbacks = new InMemoryFallbacks(transactions, events);
    public final InMemoryRecipientLimits limits = new InMemoryRecipientLimits(transactions);
    public final Aftermath aftermath = new Aftermath(providerMessages, suppressions, contacts);
    public final InMemoryTemplates templates = new InMemoryTemplates();
    public final InMemoryViews views = new InMemoryViews(transactions);
    public final InMemoryParkedMessages parked = new InMemoryParkedMessages();
    public final ReviewParked reviewParked = new ReviewParked(parked, clock, clock::advance);
    public final InMemoryAnnouncements announcements = new InMemoryAnnouncements();
    public final InMemoryReads reads = new InMemoryReads(events, views, contents, preferencesLog, recipients);
    public final ScriptedProvider provider;
    public final Random random = new Random(20260301);

    public final UnitsOfWork units;
    public final RecordAttempts attempts;
    public final DeliveryEngine engine;
    public final Intake intake = new Intake(1_000_000, clock);
    public final AcceptNotifications accept;
    public final Intervene intervene;
    public final Roster roster;
    public final ComposeNotifications compose;
    public final SendByChannels send;
    public final ManagePreferences preferences;
    public final WhenUserEventThenNotify whenUserEvent;
    public final RecoverInterruptedAttempts recover;
    public final RecordReports reports;

    private final Configuration axon;

    /** Four lines to the provider, at most 64 in flight, a poll that no test waits for. */
    public TidingsInMemory() {
        this(new ScriptedProvider(4), new DeliverySettings(64, 64, LEASE, Duration.ofMinutes(5)));
    }

    public TidingsInMemory(ScriptedProvider provider, DeliverySettings settings) {
        this.provider = provider;
        axon = axon(random);
        units = new UnitsOfWork(axon.commandBus(), transactions);
        attempts = new RecordAttempts(units, events, queue, aftermath, Outage::isOutage);
        Routes routes = routes(provider);
        engine = new DeliveryEngine(
                routes, new LastRules(CATEGORIES), queue, attempts, Outage::isOutage, clock, settings);
        reports = new RecordReports(
                units,
                new RecordReports.Ports(events, queue, providerMessages, unmatched, contents, suppressions, aftermath),
                Outage::isOutage,
                clock);
        accept = new AcceptNotifications(
                units,
                new AcceptNotifications.Ports(
                        sources, recent, preferencesLog, recipients, contents, queue, suppressions, fallbacks, limits),
                new DeliveryEngines(List.of(engine)),
                random,
                intake,
                Outage.OUTAGES);
        intervene = new Intervene(units, events, queue, clock, engine::wake);
        roster = new Roster(List.of(
                routes,
                routes(new ScriptedProvider(Channel.SMS, new ProviderName("scripted-sms"), 1)),
                routes(new ScriptedProvider(Channel.PUSH, new ProviderName("scripted-push"), 1))));
        compose = new ComposeNotifications(CATEGORIES, roster, templates, clock);
        send = new SendByChannels(compose, accept, contacts);
        preferences = new ManagePreferences(units, recipients, clock);
        whenUserEvent = new WhenUserEventThenNotify(compose, accept, LINKS);
        recover = new RecoverInterruptedAttempts(queue, attempts, clock, engine::wake);
    }

    /** The only way out. */
    public Routes routes(MessageProvider only) {
        return Rosters.only(only, clock, random);
    }

    private Configuration axon(RandomGenerator random) {
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> JacksonSerializer.defaultSerializer())
                .configureTransactionManager(c -> transactions)
                .configureCommandBus(TidingsInMemory::commandBus)
                .configureEmbeddedEventStore(c -> events)
                .configureCorrelationDataProviders(c -> List.of(new SimpleCorrelationDataProvider(
                        RequestContext.SERVICE_ID, RequestContext.CORRELATION_ID, RequestContext.TRACEPARENT)))
                .registerComponent(Categories.class, c -> CATEGORIES)
                .registerComponent(RandomGenerator.class, c -> random)
                .configureAggregate(aggregate(NotificationRequestAggregate.class))
                .configureAggregate(aggregate(NotificationPreferencesAggregate.class));
        return configurer.start();
    }

    private static CommandBus commandBus(Configuration axon) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        var _ = bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    private static <A> AggregateConfigurer<A> aggregate(Class<A> type) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(
                        c -> command -> new VersionedAggregateIdentifier(target(command), null));
    }

    private static Object target(CommandMessage<?> command) {
        return switch (command.getPayload()) {
            case NotificationCommand it -> it.notificationId();
            case PreferencesCommand it -> it.preferencesId();
            default -> throw new IllegalArgumentException("meant for no aggregate: " + command.getPayloadType());
        };
    }

    /** Hands the whole log to the projection, so many events at a time. */
    public void project(int batchSize) {
        replay(new NotificationProjection(views), batchSize);
    }

    /** Hands the whole log to the policy that announces, so many events at a time. */
    public void announce(int batchSize) {
        replay(new WhenSomethingSettlesThenAnnounce(announcements), batchSize);
    }

    private void replay(LogProcessor processor, int batchSize) {
        List<Logged> log =
                events.messages().stream().map(TidingsInMemory::logged).toList();
        for (int from = 0; from < log.size(); from += batchSize) {
            List<Logged> batch = log.subList(from, Math.min(log.size(), from + batchSize));
            if (processor.callsOutside()) {
                processor.process(batch);
            } else {
                transactions.executeInTransaction(() -> processor.process(batch));
            }
        }
    }

    private static Logged logged(DomainEventMessage<?> message) {
        return new Logged(
                message.getIdentifier(), message.getPayload(), message.getSequenceNumber(), message.getMetaData());
    }

    private static Category category(String type, Lane lane, boolean switchable, WhenUnknown whenUnknown) {
        return new Category(
                new NotificationType(type),
                lane,
                switchable,
                whenUnknown,
                RETRY,
                Category.USUAL_PATIENCE,
                Duration.ofMinutes(30));
    }

    /** Nobody waits for the end: all its threads need most of a second to notice. */
    @Override
    public void close() {
        Thread.startVirtualThread(this::stop);
    }

    private void stop() {
        accept.close();
        recover.close();
        provider.release();
        engine.close();
        attempts.close();
        reports.close();
        axon.shutdown();
    }
}
