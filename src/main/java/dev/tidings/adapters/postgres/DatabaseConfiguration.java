package dev.tidings.adapters.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidings.application.acceptance.RecentMessages;
import dev.tidings.application.acceptance.SourceMessages;
import dev.tidings.application.commit.Claimant;
import dev.tidings.application.commit.EventFormat;
import dev.tidings.application.commit.NodeName;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Wakeable;
import dev.tidings.application.delivery.DeliveryQueue;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.notification.NotificationContents;
import dev.tidings.application.notification.NotificationViews;
import dev.tidings.application.notification.ViewsBeside;
import dev.tidings.application.preferences.Recipients;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.r2dbc.metrics.ConnectionPoolMetrics;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * JDBC and R2DBC side by side. Boot offers a pool for the one or the other; so both are declared here, and with them
 * the transaction manager, without which Axon would silently run with none.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
    private static final int WATCHERS = 2;
    private static final int COUNTERS = 2;

    @Bean
    @Primary
    HikariDataSource dataSource(DatabaseSettings settings) {
        PGSimpleDataSource source = source(settings.primary(), "tidings");
        source.setSocketTimeout(Math.toIntExact(settings.maxSilence().toSeconds()));
        return pool("primary", source, settings.writeConnections());
    }

    /** A change of a large table may take long, and so may waiting for another node that makes it. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(DatabaseSettings settings) {
        return source(settings.primary(), "tidings-migrate");
    }

    @Bean
    @Primary
    JdbcTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    /** For looking at the primary while the service has all its other connections in use. */
    @Bean(defaultCandidate = false)
    @Qualifier("watchPrimary") HikariDataSource watchPrimary(DatabaseSettings settings) {
        return watching("watch-primary", settings.primary());
    }

    @Bean
    Standby standby(DatabaseSettings settings) {
        return settings.hasStandby()
                ? new Standby(
                        watching("watch-standby", settings.standby()),
                        counting("count-standby", settings.standby()),
                        readPool(settings.standby(), settings.readConnections()))
                : Standby.NONE;
    }

    private static HikariDataSource watching(String name, PostgresUrl url) {
        PGSimpleDataSource source = source(url, "tidings-watch");
        source.setSocketTimeout(3);
        HikariDataSource pool = pool(name, source, WATCHERS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(Duration.ofSeconds(1).toMillis());
        // Of several hosts another one may be the one to watch by now.
        pool.setMaxLifetime(Duration.ofSeconds(30).toMillis());
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        pool.setKeepaliveTime(0);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    /** For questions that take long: few at a time, none for ever, and no connection kept for them. */
    @Bean(defaultCandidate = false)
    @Qualifier("countPrimary") HikariDataSource countPrimary(DatabaseSettings settings) {
        return counting("count-primary", settings.primary());
    }

    private static HikariDataSource counting(String name, PostgresUrl url) {
        PGSimpleDataSource source = source(url, "tidings-count");
        source.setOptions("-c statement_timeout=" + PostgresLedger.PATIENCE.toMillis()
                + " -c work_mem=64MB -c max_parallel_workers_per_gather=0");
        source.setSocketTimeout(
                Math.toIntExact(PostgresLedger.PATIENCE.multipliedBy(2).toSeconds()));
        HikariDataSource pool = pool(name, source, COUNTERS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    private static HikariDataSource pool(String name, PGSimpleDataSource source, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        return pool;
    }

    /** Not by URL: for that the pool would set the log-in time-out of all drivers, the embedded broker's included. */
    private static PGSimpleDataSource source(PostgresUrl url, String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url.jdbc());
        source.setUser(url.username());
        source.setPassword(url.password());
        source.setApplicationName(application);
        source.setTcpKeepAlive(true);
        source.setSocketFactory(KeptAliveSockets.class.getName());
        source.setConnectTimeout(3);
        return source;
    }

    @Bean
    @Primary
    ConnectionPool reads(DatabaseSettings settings) {
        return readPool(settings.primary(), settings.readConnections());
    }

    private static ConnectionPool readPool(PostgresUrl url, int size) {
        ConnectionFactory factory = ConnectionFactories.get(url.r2dbc());
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(1)
                .maxSize(size)
                .maxIdleTime(Duration.ofMinutes(10))
                .maxLifeTime(Duration.ofMinutes(10))
                .maxAcquireTime(Duration.ofSeconds(5))
                .build());
        // The first connection costs seconds of class loading: not at the expense of the first reader.
        pool.warmup().subscribe(_ -> {}, e -> LOG.info("Not yet connected for reads: {}", e.getMessage()));
        return pool;
    }

    @Bean
    StandbyMonitor standbyMonitor(
            DatabaseSettings settings,
            @Qualifier("watchPrimary") HikariDataSource primary,
            Standby standby,
            InstantSource clock) {
        return new StandbyMonitor(
                impatient(primary),
                standby.watching() == null ? null : impatient(standby.watching()),
                settings.maxStandbyLag(),
                clock);
    }

    private static JdbcTemplate impatient(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.setQueryTimeout(2);
        return jdbc;
    }

    /** Boot finds the pools that are beans; of the standby's there may be none. */
    @Bean
    MeterBinder standbyMeters(Standby standby) {
        return registry -> {
            if (standby.reading() != null) {
                new ConnectionPoolMetrics(standby.reading(), "standby", List.of()).bindTo(registry);
            }
        };
    }

    @Bean
    PostgresReads postgresReads(ConnectionPool primary, Standby standby, StandbyMonitor monitor, EventFormat format) {
        StandbyFirst databases = new StandbyFirst(
                DatabaseClient.create(primary),
                standby.reading() == null ? null : DatabaseClient.create(standby.reading()),
                monitor);
        return new PostgresReads(databases, format);
    }

    @Bean
    Ledger ledger(
            @Qualifier("countPrimary") HikariDataSource primary,
            Standby standby,
            StandbyMonitor monitor,
            EventFormat format) {
        return new PostgresLedger(primary, standby.counting(), monitor::usable, format);
    }

    @Bean
    @DependsOnDatabaseInitialization
    PostgresPeers postgresPeers(
            DatabaseSettings settings,
            @Value("${tidings.node}") String name,
            JdbcTemplate jdbc,
            ObjectProvider<Wakeable> wakeables)
            throws SQLException {
        return new PostgresPeers(
                PostgresNode.named(name.isBlank() ? hostName() : name),
                source(settings.primary(), "tidings-peers"),
                jdbc,
                () -> List.copyOf(wakeables.orderedStream().toList()));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Bean
    NodeName nodeName(PostgresPeers peers) {
        return () -> peers.node().name();
    }

    @Bean
    Claimant claimant(PostgresPeers peers) {
        PostgresNode atStart = peers.node();
        return new Claimant(atStart.claimant(), atStart.claimantPrefix());
    }

    @Bean
    DeliveryQueue deliveryQueue(JdbcTemplate jdbc, PostgresPeers peers) {
        return new PostgresDeliveryQueue(jdbc, peers::node);
    }

    @Bean
    NotificationContents notificationContents(JdbcTemplate jdbc) {
        return new PostgresContents(jdbc);
    }

    @Bean
    SourceMessages sourceMessages(JdbcTemplate jdbc) {
        return new PostgresSourceMessages(jdbc);
    }

    @Bean
    RecentMessages recentMessages(JdbcTemplate jdbc) {
        return new PostgresRecentMessages(jdbc);
    }

    @Bean
    Recipients recipients(JdbcTemplate jdbc) {
        return new PostgresRecipients(jdbc);
    }

    @Bean
    NotificationViews notificationViews(JdbcTemplate jdbc) {
        return new PostgresNotificationViews(jdbc);
    }

    @Bean
    ViewsBeside viewsBeside(DatabaseSettings settings, JdbcTemplate jdbc, EventFormat format) {
        return new PostgresViewsBeside(source(settings.primary(), "tidings-rebuild"), jdbc, format);
    }

    @Bean
    Outages outages() {
        return new PostgresOutages();
    }
}
