package dev.tidings.testing;

import dev.tidings.adapters.embedded.EmbeddedParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** The embedded PostgreSQL without the service: one server for all tests of this JVM, a database for each that asks. */
public final class PrivatePostgres {

    private static final Map<String, Object> NOTHING_ELSE = Map.of(
            "spring.main.web-application-type", "none",
            "tidings.broker.url", "amqp://nowhere",
            "tidings.mail.host", "nowhere");
    private static final PrivatePostgres SHARED = started();

    private final PGSimpleDataSource server;
    private final AtomicInteger databases = new AtomicInteger();

    @TestConfiguration(proxyBeanMethods = false)
    static class Nothing {}

    private PrivatePostgres(String url) {
        server = source(url);
    }

    /** A database of the caller's own, with the tables of the service. */
    public static PGSimpleDataSource migrated() {
        PGSimpleDataSource database = SHARED.database();
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    private PGSimpleDataSource database() {
        String name = "test_" + databases.incrementAndGet();
        new JdbcTemplate(server).execute("create database " + name);
        PGSimpleDataSource database = source(server.getUrl());
        database.setDatabaseName(name);
        return database;
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser("postgres");
        return source;
    }

    private static PrivatePostgres started() {
        try {
            Path directory = Files.createTempDirectory("tidings-postgres");
            ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
                    .initializers(new EmbeddedParts())
                    .registerShutdownHook(false)
                    .run(TidingsHere.arguments(TidingsHere.freePortsAnd(directory, NOTHING_ELSE)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(context, directory)));
            return new PrivatePostgres(context.getEnvironment()
                    .getRequiredProperty("tidings.database.url")
                    .replace("postgresql://postgres@", "jdbc:postgresql://"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ConfigurableApplicationContext context, Path directory) {
        context.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
