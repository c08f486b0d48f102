package dev.tidings.adapters.rest;

import dev.tidings.adapters.rest.NotificationDetails.Links;
import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.AcceptNotifications;
import dev.tidings.application.acceptance.ComposeNotifications;
import dev.tidings.application.acceptance.NotificationDraft;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Recorded;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.notification.TimelineEntry;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.NOTIFICATIONS)
final class NotificationController {

    /** What is not another path's word, so that a wrong method there is told as such. */
    private static final String ID = "{id:(?!send$|history$|preferences$).*}";

    private final ComposeNotifications compose;
    private final AcceptNotifications accept;
    private final NotificationReads reads;
    private final VirtualThreads virtualThreads;

    NotificationController(
            ComposeNotifications compose,
            AcceptNotifications accept,
            NotificationReads reads,
            VirtualThreads virtualThreads) {
        this.compose = compose;
        this.accept = accept;
        this.reads = reads;
        this.virtualThreads = virtualThreads;
    }

    @PostMapping("/send")
    @Operation(
            operationId = "sendNotification",
            summary = "Send a notification",
            description = "Accepts one notification for one person. Once this has answered, the notification is kept"
                    + " safely and will be sent, or suppressed if the person switched its type off.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = SendRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "From a template",
                                                        value = Examples.SEND_TEMPLATE),
                                                @ExampleObject(name = "Ready text", value = Examples.SEND_TEXT)
                                            })))
    @ApiResponse(responseCode = "202", description = "Accepted; Location tells where to see what becomes of it.")
    Mono<ResponseEntity<Accepted>> send(@RequestBody JsonObject body, RequestContext context) {
        return virtualThreads
                .call(() -> accept.accept(draft(body, context)))
                .flatMap(receipt -> Mono.fromFuture(receipt, true))
                .map(Accepted::from)
                .map(accepted -> ResponseEntity.accepted()
                        .location(URI.create(accepted.links().self()))
                        .body(accepted));
    }

    private NotificationDraft draft(JsonObject body, RequestContext context) {
        Fields fields = new Fields();
        ComposeNotifications.Request request = SendRequest.from(body, fields).toRequest(context, fields);
        NotificationDraft draft = composed(request, fields);
        fields.check();
        return Objects.requireNonNull(draft);
    }

    private @Nullable NotificationDraft composed(ComposeNotifications.Request request, Fields fields) {
        try {
            return compose.compose(request);
        } catch (InvalidInput e) {
            e.errors().forEach(error -> fields.wrong(error.field(), error.problem()));
            return null;
        }
    }

    @GetMapping("/" + ID)
    @Operation(
            operationId = "getNotification",
            summary = "See where a notification stands",
            description = "Knows a notification from the moment it was accepted.")
    @ApiResponse(responseCode = "200", description = "Where it stands.")
    @ApiResponse(responseCode = "404", description = "There is no such notification.", content = @Content)
    Mono<NotificationDetails> details(@PathVariable String id) {
        NotificationId notificationId = idFrom(id);
        return Mono.fromCompletionStage(() -> reads.find(notificationId))
                .flatMap(Mono::justOrEmpty)
                .map(NotificationDetails::from)
                .switchIfEmpty(Mono.error(() -> unknown(notificationId)));
    }

    @GetMapping("/" + ID + "/timeline")
    @Operation(
            operationId = "getTimeline",
            summary = "See what happened to a notification, and why",
            description = "Each rule that was asked, each attempt and its outcome, oldest first.")
    @ApiResponse(responseCode = "200", description = "All that happened so far.")
    @ApiResponse(responseCode = "404", description = "There is no such notification.", content = @Content)
    Mono<Timeline> timeline(@PathVariable String id) {
        NotificationId notificationId = idFrom(id);
        return Mono.fromCompletionStage(() -> reads.events(notificationId))
                .filter(events -> !events.isEmpty())
                .map(events -> Timeline.of(notificationId, events))
                .switchIfEmpty(Mono.error(() -> unknown(notificationId)));
    }

    private static NotificationId idFrom(String text) {
        Fields fields = new Fields();
        NotificationId id = fields.required("id", text, NotificationId::of);
        fields.check();
        return Objects.requireNonNull(id);
    }

    private static Refused unknown(NotificationId id) {
        return new Refused(ProblemType.UNKNOWN_NOTIFICATION, "There is no notification with the id " + id);
    }

    @Schema(description = "A request for one notification.")
    record SendRequest(
            @Schema(
                    description = "What it is about: one of the configured types.",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "password_reset")
            @Nullable String notificationType,

            @Schema(
                    description = "To whom.",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    format = "email",
                    maxLength = 254,
                    example = "ada@example.org")
            @Nullable String recipientEmail,

            @Schema(
                    description = "The subject, in one line. Required with ready text; a template brings its own.",
                    maxLength = 998,
                    example = "Reset your password")
            @Nullable String subject,

            @Schema(
                    description = "The name of a template, or the text itself.",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    example = "password_reset")
            @Nullable String content,

            @Schema(
                    description = "What the template needs: strings, numbers, booleans, and lists and objects of those."
                            + " At most 100, each at most 64 KiB and nested at most 5 deep.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    maxProperties = JsonValues.MOST_VALUES,
                    additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                    example = Examples.TEMPLATE_VARS)
            Map<String, Object> templateVars,

            @Schema(
                    description =
                            "The person, as the caller knows them: their preferences are heeded, and it is in their"
                                    + " history.",
                    maxLength = 128,
                    example = "a1b2c3d4e5f6789012345678901234ab")
            @Nullable String userid,

            @Schema(
                    description = "How urgent it is; the type's own when absent.",
                    allowableValues = {"instant", "high", "normal", "low"},
                    example = "instant")
            @Nullable String priority) {

        // These stand in for what can't be used, so that the rest is looked at, too.
        private static final EmailAddress ANYBODY = new EmailAddress("anybody@example.org");
        private static final NotificationType ANYTHING = new NotificationType("anything");

        static SendRequest from(JsonObject body, Fields fields) {
            SendRequest request = new SendRequest(
                    body.text("notification_type", fields),
                    body.text("recipient_email", fields),
                    body.text("subject", fields),
                    body.text("content", fields),
                    body.values("template_vars", fields),
                    body.text("userid", fields),
                    body.text("priority", fields));
            body.nothingElse(fields);
            return request;
        }

        ComposeNotifications.Request toRequest(RequestContext context, Fields fields) {
            NotificationType type = fields.required("notification_type", notificationType, NotificationType::new);
            EmailAddress recipient = fields.required("recipient_email", recipientEmail, EmailAddress::new);
            String text = fields.required("content", content, given -> given);
            return new ComposeNotifications.Request(
                    context,
                    null,
                    null,
                    fields.optional("userid", userid, UserId::new),
                    Objects.requireNonNullElse(recipient, ANYBODY),
                    null,
                    Objects.requireNonNullElse(type, ANYTHING),
                    fields.optional("subject", subject, given -> given),
                    Objects.requireNonNullElse(text, ""),
                    templateVars,
                    fields.optional("priority", priority, Words.of(Lane.class)),
                    Timing.AT_ONCE,
                    false);
        }
    }

    @Schema(description = "The notification is Tidings' responsibility now.")
    record Accepted(
            @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
            String notificationId,

            @Schema(
                    description = "queued, or suppressed when it will not be sent.",
                    allowableValues = {"queued", "suppressed"},
                    example = "queued")
            String status,

            @Schema(
                    description = "Present, and true, when the same request had been accepted before.",
                    example = "true")
            @Nullable Boolean duplicate,

            Links links) {

        static Accepted from(Receipt receipt) {
            return new Accepted(
                    receipt.notificationId().toString(),
                    Words.of(receipt.status()),
                    receipt.repeated() ? true : null,
                    Links.to(receipt.notificationId()));
        }
    }

    @Schema(description = "What happened to a notification so far, oldest first.")
    record Timeline(
            @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
            String notificationId,

            @Schema(example = "sent") String status,

            List<Entry> entries) {

        static Timeline of(NotificationId id, List<Recorded> recorded) {
            return new Timeline(
                    id.toString(),
                    Words.of(NotificationView.after(recorded.getLast().event()).status()),
                    recorded.stream()
                            .flatMap(each -> TimelineEntry.of(each.event()).stream())
                            .map(Entry::from)
                            .toList());
        }
    }

    @Schema(description = "One thing that happened.")
    record Entry(
            @Schema(example = "2026-01-31T12:00:00.000Z") Instant at,

            @Schema(
                    description = "A stable word: requested, asked_preferences, suppressed, sent, sent_again, retrying,"
                            + " outcome_unknown, failed.",
                    example = "sent")
            String what,

            @Schema(description = "A sentence for people.", example = "attempt 1 by smtp was accepted")
            String why) {

        static Entry from(TimelineEntry entry) {
            return new Entry(entry.at(), entry.what(), entry.why());
        }
    }
}
