package dev.tidings.application.doubles;

import dev.tidings.application.notification.NotificationContents.Content;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.NotificationViews.Projected;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.PreferencesReads;
import dev.tidings.application.preferences.Recipients.Recipient;
import dev.tidings.domain.notification.NotificationEvent;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.axonframework.eventhandling.DomainEventMessage;

/** Answers from the log where the views have not caught up. */
public final class InMemoryReads implements NotificationReads {

    private final InMemoryEvents log;
    private final InMemoryViews views;
    private final InMemoryContents contents;
    private final InMemoryPreferencesLog preferences;
    private final InMemoryRecipients recipients;

    InMemoryReads(
            InMemoryEvents log,
            InMemoryViews views,
            InMemoryContents contents,
            InMemoryPreferencesLog preferences,
            InMemoryRecipients recipients) {
        this.log = log;
        this.views = views;
        this.contents = contents;
        this.preferences = preferences;
        this.recipients = recipients;
    }

    @Override
    public CompletionStage<Optional<Found>> find(NotificationId id) {
        List<Recorded> events = recorded(id);
        return CompletableFuture.completedStage(
                events.isEmpty()
                        ? Optional.empty()
                        : Optional.of(found(
                                NotificationView.after(events.getLast().event()),
                                events.getLast().context())));
    }

    @Override
    public CompletionStage<Optional<Found>> findNow(NotificationId id) {
        return find(id);
    }

    @Override
    public CompletionStage<List<Recorded>> events(NotificationId id) {
        return CompletableFuture.completedStage(recorded(id));
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        List<Found> matching = views.all().stream()
                .filter(projected -> matches(query, projected))
                .sorted(Comparator.comparing(
                                (Projected projected) -> projected.view().notificationId())
                        .reversed())
                .map(projected -> found(projected.view(), projected.context()))
                .toList();
        return CompletableFuture.completedStage(
                new Page(matching.stream().limit(query.limit()).toList(), matching.size() > query.limit()));
    }

    /** People's preferences, from the log. */
    public PreferencesReads preferences() {
        return userId -> CompletableFuture.completedStage(
                switch (preferences.fold(new PreferencesId(userId))) {
                    case NotificationPreferences.Unset _ -> Optional.empty();
                    case NotificationPreferences.Chosen chosen ->
                        Optional.of(new PreferencesReads.Found(
                                chosen, emailOf(userId).orElse(null)));
                });
    }

    private Optional<String> emailOf(UserId userId) {
        return recipients.find(userId).map(Recipient::email).map(Address::value);
    }

    private List<Recorded> recorded(NotificationId id) {
        return log.messages().stream()
                .filter(message -> message.getAggregateIdentifier().equals(id.toString()))
                .map(InMemoryReads::recorded)
                .toList();
    }

    private static Recorded recorded(DomainEventMessage<?> message) {
        return new Recorded((NotificationEvent) message.getPayload(), RequestContext.of(message.getMetaData()));
    }

    private Found found(NotificationView view, RequestContext context) {
        Optional<Content> content = contents.find(view.notificationId());
        return new Found(
                view,
                context,
                content.map(Content::recipient).map(Address::value).orElse(null),
                content.map(it -> it.message().subject()).orElse(null));
    }

    private static boolean matches(Query query, Projected projected) {
        NotificationView view = projected.view();
        TemplateRef template = view.particulars().template();
        return (query.userId() == null
                        || query.userId().equals(view.particulars().userId()))
                && (query.template() == null
                        || (template != null && query.template().equals(template.name())))
                && (query.provider() == null || query.provider().equals(view.provider()))
                && (!query.outcomeUnknown() || view.doubtful() > 0)
                && (query.serviceId() == null
                        || query.serviceId().equals(view.particulars().serviceId()))
                && (query.type() == null
                        || query.type().equals(view.particulars().type()))
                && (query.status() == null || query.status() == view.status())
                && (query.from() == null || !view.particulars().requestedAt().isBefore(query.from()))
                && (query.to() == null || view.particulars().requestedAt().isBefore(query.to()))
                && (query.before() == null || view.notificationId().compareTo(query.before()) < 0);
    }
}
