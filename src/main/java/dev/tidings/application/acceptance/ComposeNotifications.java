package dev.tidings.application.acceptance;

import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.NotificationDraft.Registration;
import dev.tidings.application.acceptance.NotificationDraft.Source;
import dev.tidings.application.acceptance.SourceMessages.SourceMessage;
import dev.tidings.application.acceptance.Templates.MissingVariables;
import dev.tidings.application.acceptance.Templates.UnusableVariables;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.Message.Extras;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private static final int LONGEST_SMS = 1_600;

    private final Categories categories;
    private final Roster roster;
    private final Templates templates;
    private final InstantSource clock;

    public ComposeNotifications(Categories categories, Roster roster, Templates templates, InstantSource clock) {
        this.categories = categories;
        this.roster = roster;
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * A request for one notification.
     *
     * @param asked what stood in the place of the recipient when the caller didn't name one
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
            @Nullable String asked,
            @Nullable String recipientName,
            NotificationType type,
            @Nullable String subject,
            String content,
            Map<String, ?> variables,
            @Nullable Lane lane,
            Timing timing,
            boolean copies,
            Wishes wishes) {

        /**
         * The same by another channel.
         *
         * @param given whether the caller named the address; else it may be another one when the request is repeated
         * @param part of what the source asks for; absent when this is all
         */
        Request to(Channel by, Address address, boolean given, @Nullable String part) {
            return new Request(
                    context,
                    source == null || part == null
                            ? source
                            : new SourceMessage(source.serviceId(), source.messageId() + "#" + part),
                    registration,
                    userId,
                    by,
                    address,
                    given ? asked : by.name(),
                    recipientName,
                    type,
                    subject,
                    content,
                    variables,
                    lane,
                    timing,
                    copies,
                    wishes);
        }

        private @Nullable Source identified() {
            return source == null ? null : new Source(source, fingerprint());
        }

        /** What is the same for every request before there were other channels is as it was then. */
        private Fingerprint fingerprint() {
            String to = asked == null ? recipient.value() : asked;
            return channel == Channel.EMAIL && wishes.equals(Wishes.NONE)
                    ? Fingerprint.of(userId, to, type, subject, content, variables, lane, timing, copies)
                    : Fingerprint.of(
                            userId,
                            to,
                            type,
                            subject,
                            content,
                            variables,
                            lane,
                            timing,
                            copies,
                            channel,
                            wishes.provider,
                            wishes.data,
                            wishes.media,
                            wishes.options);
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
        checkRoute(request, fields);
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
        if (request.channel() == Channel.SMS && message.text().length() > LONGEST_SMS) {
            fields.wrong("content", "must have at most " + LONGEST_SMS + " characters for sms");
        }
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
                with(extras(request, template.orElse(null)), message),
                request.wishes().provider(),
                now,
                timing.sendAt(),
                timing.expiresAt(),
                request.copies(),
                untimely.orElse(null),
                null);
    }

    private void checkRoute(Request request, Fields fields) {
        Optional<Routes> routes = roster.of(request.channel());
        if (routes.isEmpty()) {
            fields.wrong(
                    "channel",
                    word(request.channel()) + " has no provider here; there are "
                            + roster.channels().stream()
                                    .map(ComposeNotifications::word)
                                    .collect(Collectors.joining(", ")));
            return;
        }
        ProviderName provider = request.wishes().provider();
        if (provider != null && routes.get().find(provider).isEmpty()) {
            fields.wrong(
                    "provider_id",
                    "is none of " + word(request.channel()) + "; there are "
                            + routes.get().all().stream()
                                    .map(route -> route.name().value())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    /** Variables are kept only where a provider may have the template itself. */
    private static Extras extras(Request request, @Nullable TemplateRef template) {
        String byVendorsTemplate = template == null
                ? null
                : switch (request.channel()) {
                    case SMS, WHATSAPP -> template.name();
                    case EMAIL, PUSH -> null;
                };
        Wishes wishes = request.wishes();
        return byVendorsTemplate != null || !wishes.data.isEmpty() || wishes.media != null || !wishes.options.isEmpty()
                ? new Extras(
                        byVendorsTemplate,
                        byVendorsTemplate == null ? Map.of() : texts(request.variables()),
                        wishes.data,
                        wishes.media,
                        wishes.options)
                : Extras.NONE;
    }

    private static Map<String, String> texts(Map<String, ?> variables) {
        Map<String, String> texts = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                texts.put(name, value.toString());
            }
        });
        return texts;
    }

    private static Message with(Extras extras, Message message) {
        return extras.equals(Extras.NONE)
                ? message
                : new Message(message.subject(), message.text(), message.html(), extras);
    }

    private Message rendered(TemplateRef template, Request request, Fields fields) {
        try {
            return templates.render(template, request.channel(), request.subject(), request.variables());
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
        if (request.channel() == Channel.EMAIL && (subject == null || subject.isBlank())) {
            fields.wrong("subject", "is missing; only a template brings its own");
            return NOTHING;
        }
        return new Message(Objects.requireNonNullElse(subject, ""), request.content(), null);
    }

    private String knownTypes() {
        return categories.all().stream()
                .map(category -> category.type().value())
                .collect(Collectors.joining(", "));
    }

    private static final Message NOTHING = new Message("", "", null);
}
