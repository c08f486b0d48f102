package dev.tidings.application.acceptance;

import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.NotificationDraft.Registration;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.acceptance.Templates.MissingVariables;
import dev.tidings.application.acceptance.Templates.UnusableVariables;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.UserId;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request ready to be accepted: finds its category, pins its template and renders it. What is wrong with a
 * request is found here, while the caller is still listening.
 */
public final class ComposeNotifications {

    /** RFC 5322, 2.1.1 allows a line of 998 characters. */
    private static final int LONGEST_SUBJECT = 998;

    private static final Pattern LOOKS_LIKE_A_TEMPLATE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private final Categories categories;
    private final Templates templates;
    private final InstantSource clock;

    public ComposeNotifications(Categories categories, Templates templates, InstantSource clock) {
        this.categories = categories;
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * A request for one notification.
     *
     * @param subject required unless a template brings its own
     * @param content the name of a template, or the text itself; a single lower-case word is taken for a name
     * @param lane the category's own when absent
     * @param copies whether it goes out though the same was accepted for the same address a moment ago
     */
    public record Request(
            RequestContext context,
            @Nullable SourceMessage source,
            @Nullable Registration registration,
            @Nullable UserId userId,
            Channel channel,
            Address recipient,
            @Nullable String recipientName,
            NotificationType type,
            @Nullable String subject,
            String content,
            Map<String, ?> variables,
            @Nullable Lane lane,
            Timing timing,
            boolean copies,
            Wishes wishes) {

        private @Nullable Source identified() {
            return source == null
                    ? null
                    : new Source(
                            source,
                            Fingerprint.of(
                                    userId,
                                    recipient.value(),
                                    type,
                                    subject,
                                    content,
                                    variables,
                                    lane,
                                    timing,
                                    copies));
        }
    }

    /**
     * What some channels take beside a text.
     *
     * @param provider the only one that may have it; any when absent
     * @param data for the app that gets a push message
     * @param media a picture or a document that goes with it
     * @param options for the provider
     */
    public record Wishes(
            @Nullable ProviderName provider,
            Map<String, String> data,
            @Nullable URI media,
            Map<String, String> options) {

        public static final Wishes NONE = new Wishes(null, Map.of(), null, Map.of());
    }

    /**
     * What may be a repetition is not refused for its times, which were right when it came first.
     *
     * @throws InvalidInput with the names of the REST API's fields, when it can't be sent as it is
     */
    public NotificationDraft compose(Request request) {
        Fields fields = new Fields();
        Optional<Category> category = categories.find(request.type());
        if (category.isEmpty()) {
            fields.wrong("notification_type", "is unknown; known are " + knownTypes());
        }
        String subject = request.subject();
        if (subject != null && subject.length() > LONGEST_SUBJECT) {
            fields.wrong("subject", "must have at most " + LONGEST_SUBJECT + " characters");
        }
        if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
            fields.wrong("subject", "must not have line breaks or other control characters");
        }
        Instant now = clock.instant();
        Fields times = new Fields();
        Timing.Resolved timing = request.timing().resolve(now, times);
        Optional<TemplateRef> template = templates.find(request.content().strip());
        Message message = template.isPresent() ? rendered(template.get(), request, fields) : asGiven(request, fields);
        Optional<InvalidInput> untimely = times.problem();
        if (request.source() == null || fields.problem().isPresent()) {
            untimely.ifPresent(
                    problem -> problem.errors().forEach(error -> fields.wrong(error.field(), error.problem())));
        }
        fields.check();
        Category found = category.orElseThrow();
        Lane lane = request.lane();
        return new NotificationDraft(
                request.context(),
                request.identified(),
                request.registration(),
                request.userId(),
                request.channel(),
                request.recipient(),
                request.recipientName(),
                found,
                lane == null ? found.lane() : lane,
                template.orElse(null),
                message,
                request.wishes().provider(),
                now,
                timing.sendAt(),
                timing.expiresAt(),
                request.copies(),
                untimely.orElse(null));
    }

    private Message rendered(TemplateRef template, Request request, Fields fields) {
        try {
            return templates.render(template, request.subject(), request.variables());
        } catch (MissingVariables e) {
            e.names()
                    .forEach(name -> fields.wrong(
                            "template_vars." + name, "is missing; template " + template.name() + " needs it"));
        } catch (UnusableVariables e) {
            fields.wrong("template_vars", e.getMessage() == null ? "can't be used" : e.getMessage());
        }
        return NOTHING;
    }

    private Message asGiven(Request request, Fields fields) {
        String subject = request.subject();
        if (LOOKS_LIKE_A_TEMPLATE.matcher(request.content().strip()).matches()) {
            fields.wrong(
                    "content",
                    "names no template; there are " + String.join(", ", templates.names())
                            + " (a text of one lower-case word can't be told from a template's name)");
        }
        if (subject == null || subject.isBlank()) {
            fields.wrong("subject", "is missing; only a template brings its own");
            return NOTHING;
        }
        return new Message(subject, request.content(), null);
    }

    private String knownTypes() {
        return categories.all().stream()
                .map(category -> category.type().value())
                .collect(Collectors.joining(", "));
    }

    private static final Message NOTHING = new Message("", "", null);
}
