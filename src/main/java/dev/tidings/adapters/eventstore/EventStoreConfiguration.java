package dev.tidings.adapters.eventstore;

import dev.tidings.adapters.eventstore.Follower.Pace;
import dev.tidings.application.announcements.Announcements;
import dev.tidings.application.announcements.WhenSomethingSettlesThenAnnounce;
import dev.tidings.application.commit.Claimant;
import dev.tidings.application.commit.CommittedEvents;
import dev.tidings.application.commit.ProcessorLags;
import dev.tidings.application.commit.UnitsOfWork;
import dev.tidings.application.notification.NotificationProjection;
import dev.tidings.application.notification.NotificationRequestAggregate;
import dev.tidings.application.notification.NotificationViews;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.NotificationPreferencesAggregate;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.domain.notification.NotificationCommand;
import dev.tidings.domain.preferences.PreferencesCommand;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.opentelemetry.OpenTelemetrySpanFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Axon's parts, declared one by one where its own defaults don't fit Spring Boot 4 or our log. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    private static final int BATCH = 500;
    private static final String FREE_TOKENS_OF_EARLIER_STARTS =
            "update token_entry set owner = null where starts_with(owner, ?) and owner <> ?";

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    /** Without it a replay stalls: Jackson 3 refuses to read the token of a replay by its class name. */
    @Bean
    Jackson3SerializerCustomizer tokensByClassName() {
        return mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("java.")
                .allowIfSubType("org.axonframework.")
                .build());
    }

    @Bean
    @Qualifier("eventSerializer") EventJson eventSerializer() {
        return EventJson.create();
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            @Qualifier("eventSerializer") EventJson events,
            Serializer general,
            ConnectionProvider connections,
            TransactionManager transactions,
            JdbcTemplate jdbc,
            Configuration axon) {
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .eventSerializer(events)
                .snapshotSerializer(general)
                .upcasterChain(axon.upcasterChain())
                .connectionProvider(connections)
                .transactionManager(transactions)
                .persistenceExceptionResolver(DuplicateKeyException.class::isInstance)
                .schema(eventSchema())
                .batchSize(BATCH)
                .lowestGlobalSequence(1);
        return new CopyingEventStorage(builder, jdbc, transactions);
    }

    private static EventSchema eventSchema() {
        return EventSchema.builder()
                .eventTable("domain_event_entry")
                .snapshotTable("snapshot_event_entry")
                .globalIndexColumn("global_index")
                .timestampColumn("time_stamp")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .build();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, Claimant claimant, JdbcTemplate jdbc) {
        jdbc.update(FREE_TOKENS_OF_EARLIER_STARTS, claimant.prefix(), claimant.value());
        return new OwnTokens(JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .contentType(byte[].class)
                .nodeId(claimant.value())
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("timestamp")
                        .setOwnerColumn("owner")
                        .build()));
    }

    @Bean
    AggregateEvents aggregateEvents(JdbcTemplate jdbc, EventJson json) {
        return new AggregateEvents(jdbc, json);
    }

    @Bean
    PreferencesLog preferencesLog(AggregateEvents aggregateEvents) {
        return new LoggedPreferences(aggregateEvents);
    }

    @Bean(name = "eventBus")
    @Qualifier("eventStore") PostgresEventStore eventStore(
            EventStorageEngine engine,
            AggregateEvents aggregateEvents,
            LogFollowers followers,
            ObjectProvider<CommittedEvents> listeners,
            Configuration axon) {
        EmbeddedEventStore.Builder builder = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .spanFactory(axon.getComponent(EventBusSpanFactory.class));
        return new PostgresEventStore(
                builder,
                aggregateEvents,
                followers,
                SingletonSupplier.of(() -> listeners.orderedStream().toList()));
    }

    @Bean
    CorrelationDataProvider callerInMetadata() {
        return new SimpleCorrelationDataProvider(
                RequestContext.SERVICE_ID, RequestContext.CORRELATION_ID, RequestContext.TRACEPARENT);
    }

    @Bean
    SpanFactory spanFactory(OpenTelemetry openTelemetry) {
        TextMapPropagator propagator = openTelemetry.getPropagators().getTextMapPropagator();
        return new SampledSpans(
                OpenTelemetrySpanFactory.builder()
                        .tracer(openTelemetry.getTracer("org.axonframework"))
                        .contextPropagators(propagator)
                        .build(),
                propagator);
    }

    @Bean
    ConfigurerModule aggregates() {
        return configurer -> configurer
                .configureAggregate(AggregateConfigurer.defaultConfiguration(NotificationRequestAggregate.class)
                        .configureCommandTargetResolver(
                                _ -> target(NotificationCommand.class, NotificationCommand::notificationId)))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(NotificationPreferencesAggregate.class)
                        .configureCommandTargetResolver(
                                _ -> target(PreferencesCommand.class, PreferencesCommand::preferencesId)));
    }

    private static <C> CommandTargetResolver target(Class<C> commands, Function<C, Object> id) {
        return message -> new VersionedAggregateIdentifier(id.apply(commands.cast(message.getPayload())), null);
    }

    @Bean
    LogFollowers logFollowers(
            EventJson json,
            JdbcTemplate jdbc,
            EventStorageEngine engine,
            TokenStore tokens,
            TransactionManager transactions,
            NotificationViews views,
            Announcements announcements) {
        LogReader log = new SharedReading(new PostgresLogReader(jdbc, json, InstantSource.system(), BATCH));
        return new LogFollowers(
                Stream.of(new NotificationProjection(views), new WhenSomethingSettlesThenAnnounce(announcements))
                        .map(processor ->
                                new Follower(processor, log, tokens, transactions, () -> beginning(engine), Pace.USUAL))
                        .toList());
    }

    /** Until it has come to where the log ended when it began, it counts as replaying. */
    private static @Nullable TrackingToken beginning(EventStorageEngine engine) {
        return ReplayToken.createReplayToken(engine.createHeadToken(), engine.createTailToken());
    }

    @Bean
    ProcessorLags processorLags(EventStorageEngine engine, JdbcTemplate jdbc, Serializer general, Claimant claimant) {
        return new PositionsInTheLog(engine, new StoredPositions(jdbc, general, claimant));
    }

    @Bean
    UnitsOfWork unitsOfWork(CommandBus commandBus, TransactionManager transactions) {
        return new UnitsOfWork(commandBus, transactions);
    }
}
