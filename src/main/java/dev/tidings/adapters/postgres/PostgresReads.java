package dev.tidings.adapters.postgres;

import dev.tidings.application.commit.EventFormat;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.PreferencesReads;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.Particulars;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesEvent;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Looks one notification up in the log itself, which is never behind, and many in the view. */
class PostgresReads implements NotificationReads, PreferencesReads {

    private static final String EVENTS = """
            select payload_type, payload_revision, payload, meta_data
            from domain_event_entry
            where aggregate_identifier = :aggregate
            order by sequence_number""";

    private static final String LATEST = """
            select payload_type, payload_revision, payload, meta_data, recipient, subject
            from domain_event_entry
            left join notification_content on notification_id = :id
            where aggregate_identifier = :aggregate
            order by sequence_number desc
            limit 1""";

    private static final String EMAIL = "select email from recipient where user_id = :user and email is not null";

    private final StandbyFirst databases;
    private final EventFormat format;

    PostgresReads(StandbyFirst databases, EventFormat format) {
        this.databases = databases;
        this.format = format;
    }

    @Override
    public CompletionStage<Optional<NotificationReads.Found>> find(NotificationId id) {
        return future(databases
                .readFresh(client -> latest(client, id))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<NotificationReads.Found>> findNow(NotificationId id) {
        return future(databases
                .readNow(client -> latest(client, id))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty()));
    }

    private Mono<NotificationReads.Found> latest(DatabaseClient client, NotificationId id) {
        return client.sql(LATEST)
                .bind("aggregate", id.toString())
                .bind("id", id.value())
                .map(this::found)
                .one();
    }

    private NotificationReads.Found found(Readable row) {
        Recorded latest = recorded(row);
        return new NotificationReads.Found(
                NotificationView.after(latest.event()),
                latest.context(),
                row.get("recipient", String.class),
                row.get("subject", String.class));
    }

    @Override
    public CompletionStage<List<Recorded>> events(NotificationId id) {
        return future(databases
                .readFresh(client -> events(client, id.toString(), this::recorded))
                .defaultIfEmpty(List.of()));
    }

    private static <T> Mono<List<T>> events(DatabaseClient client, String aggregate, Function<Readable, T> mapped) {
        return client.sql(EVENTS)
                .bind("aggregate", aggregate)
                .map(mapped)
                .all()
                .collectList()
                .filter(events -> !events.isEmpty());
    }

    private Recorded recorded(Readable row) {
        return new Recorded(
                (NotificationEvent) payload(row), RequestContext.of(format.metadata(bytes(row, "meta_data"))));
    }

    private Object payload(Readable row) {
        return format.payload(
                text(row, "payload_type"), row.get("payload_revision", String.class), bytes(row, "payload"));
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        ListStatement statement = ListStatement.of(query);
        return future(databases
                .read(client ->
                        statement.bind(client).map(PostgresReads::viewed).all().collectList())
                .map(rows ->
                        new Page(rows.subList(0, Math.min(query.limit(), rows.size())), rows.size() > query.limit())));
    }

    private static NotificationReads.Found viewed(Readable row) {
        String user = row.get("user_id", String.class);
        String template = row.get("template", String.class);
        String provider = row.get("provider", String.class);
        Particulars particulars = new Particulars(
                new ServiceId(text(row, "service_id")),
                user == null ? null : new UserId(user),
                new NotificationType(text(row, "type")),
                Channel.valueOf(upper(row, "channel")),
                Lanes.of(Objects.requireNonNull(row.get("lane", Integer.class))),
                template == null ? null : new TemplateRef(template, text(row, "template_version")),
                Objects.requireNonNull(instant(row, "requested_at")),
                instant(row, "expires_at"));
        NotificationView view = new NotificationView(
                new NotificationId(Objects.requireNonNull(row.get("notification_id", UUID.class))),
                particulars,
                NotificationStatus.valueOf(upper(row, "status")),
                row.get("reason", String.class),
                Objects.requireNonNull(row.get("attempts", Integer.class)),
                Objects.requireNonNull(row.get("doubtful", Integer.class)),
                provider == null ? null : new ProviderName(provider),
                instant(row, "due_at"),
                Objects.requireNonNull(instant(row, "updated_at")));
        return new NotificationReads.Found(
                view,
                new RequestContext(
                        particulars.serviceId(),
                        row.get("correlation_id", String.class),
                        row.get("traceparent", String.class)),
                row.get("recipient", String.class),
                row.get("subject", String.class));
    }

    @Override
    public CompletionStage<Optional<PreferencesReads.Found>> find(UserId userId) {
        String aggregate = new PreferencesId(userId).toString();
        return future(databases
                .readFresh(client -> events(client, aggregate, row -> (PreferencesEvent) payload(row))
                        .zipWith(email(client, userId), PostgresReads::preferences))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty()));
    }

    @SuppressWarnings("NullAway") // these monos always yield a value
    private static <T> CompletionStage<T> future(Mono<T> mono) {
        return mono.toFuture();
    }

    private static Mono<Optional<String>> email(DatabaseClient client, UserId userId) {
        return client.sql(EMAIL)
                .bind("user", userId.value())
                .map(row -> Optional.of(text(row, "email")))
                .one()
                .defaultIfEmpty(Optional.empty());
    }

    private static PreferencesReads.Found preferences(List<PreferencesEvent> events, Optional<String> email) {
        NotificationPreferences preferences = new NotificationPreferences.Unset();
        for (PreferencesEvent event : events) {
            preferences = preferences.evolve(event);
        }
        return new PreferencesReads.Found(preferences, email.orElse(null));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static byte[] bytes(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, byte[].class));
    }

    private static @Nullable Instant instant(Readable row, String column) {
        OffsetDateTime at = row.get(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static String upper(Readable row, String column) {
        return text(row, column).toUpperCase(Locale.ROOT);
    }
}
