package dev.tidings.adapters.eventstore;

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
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Axon's parts, declared one by one where its own defaults don't fit Spring Boot 4 or our log. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    private static final int PROJECTION_BATCH = 500;
    private static final int ANNOUNCEMENT_BATCH = 200;
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
            Configuration axon) {
        return JdbcEventStorageEngine.builder()
                .eventSerializer(events)
                .snapshotSerializer(general)
                .upcasterChain(axon.upcasterChain())
                .connectionProvider(connections)
                .transactionManager(transactions)
                .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                .schema(eventSchema())
                .batchSize(PROJECTION_BATCH)
                .lowestGlobalSequence(1)
                .build();
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
        return JdbcTokenStore.builder()
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
                        .build())
                .build();
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
            ObjectProvider<CommittedEvents> listeners,
            Configuration axon) {
        EmbeddedEventStore.Builder builder = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .spanFactory(axon.getComponent(EventBusSpanFactory.class));
        return new PostgresEventStore(
                builder,
                aggregateEvents,
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
    ConfigurerModule followers(NotificationViews views, Announcements announcements) {
        return configurer -> configurer
                .eventProcessing()
                // Else what a handler throws is logged, the token moves on, and the batch is lost.
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance())
                .registerEventHandler(_ -> new NotificationProjection(views))
                .registerPooledStreamingEventProcessor(
                        NotificationProjection.PROCESSOR,
                        Configuration::eventStore,
                        (_, builder) -> builder.initialSegmentCount(1).batchSize(PROJECTION_BATCH))
                .registerEventHandler(_ -> new WhenSomethingSettlesThenAnnounce(announcements))
                // The broker is called while this one's batch is under way: no transaction may be open meanwhile.
                .registerTransactionManager(
                        WhenSomethingSettlesThenAnnounce.PROCESSOR, _ -> NoTransactionManager.INSTANCE)
                .registerPooledStreamingEventProcessor(
                        WhenSomethingSettlesThenAnnounce.PROCESSOR,
                        Configuration::eventStore,
                        (_, builder) -> builder.initialSegmentCount(1).batchSize(ANNOUNCEMENT_BATCH));
    }

    @Bean
    ProcessorLags processorLags(
            EventProcessingConfiguration processing,
            EventStorageEngine engine,
            JdbcTemplate jdbc,
            Serializer general,
            Claimant claimant) {
        return new PositionsInTheLog(processing, engine, new StoredPositions(jdbc, general, claimant));
    }

    @Bean
    UnitsOfWork unitsOfWork(CommandBus commandBus, TransactionManager transactions) {
        return new UnitsOfWork(commandBus, transactions);
    }
}
