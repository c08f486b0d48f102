package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.acceptance.Timing;
import dev.tidings.application.intervention.Intervene;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.domain.notification.NotificationCommand.Resolution;
import dev.tidings.domain.notification.NotificationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/notifications/" + PathId.PATTERN, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.NOTIFICATIONS)
@ApiResponse(responseCode = "200", description = "Where it stands now.")
@ApiResponse(responseCode = "404", description = "There is no such notification.", content = @Content)
@ApiResponse(
        responseCode = "409",
        description = "It can't be done any more, or not yet; nothing was.",
        content = @Content)
final class InterventionController {

    private final Intervene intervene;
    private final NotificationReads reads;
    private final InstantSource clock;
    private final VirtualThreads virtualThreads;

    InterventionController(
            Intervene intervene, NotificationReads reads, InstantSource clock, VirtualThreads virtualThreads) {
        this.intervene = intervene;
        this.reads = reads;
        this.clock = clock;
        this.virtualThreads = virtualThreads;
    }

    @DeleteMapping
    @Operation(
            operationId = "revokeNotification",
            summary = "Take a notification back",
            description = "The same as POST …/cancel.")
    Mono<NotificationDetails> revoke(@PathVariable String id) {
        return intervened(id, intervene::cancel);
    }

    @PostMapping("/cancel")
    @Operation(
            operationId = "cancelNotification",
            summary = "Take a notification back",
            description = "It will never be sent. Cancelling it again gets the same answer.")
    Mono<NotificationDetails> cancel(@PathVariable String id) {
        return intervened(id, intervene::cancel);
    }

    @PatchMapping
    @Operation(
            operationId = "rescheduleNotification",
            summary = "Send a notification at another time",
            description = "As long as no attempt was made.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = RescheduleRequest.class),
                                            examples = @ExampleObject(value = Examples.RESCHEDULE))))
    Mono<NotificationDetails> reschedule(@PathVariable String id, @RequestBody JsonObject body) {
        Instant sendAt = RescheduleRequest.sendAtFrom(body, clock.instant());
        return intervened(id, notification -> intervene.reschedule(notification, sendAt));
    }

    @PostMapping("/resolve")
    @Operation(
            operationId = "resolveNotification",
            summary = "Say what became of attempts whose outcome is unknown",
            description = "Ends the waiting of what is held.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = ResolveRequest.class),
                                            examples = @ExampleObject(value = Examples.RESOLVE))))
    Mono<NotificationDetails> resolve(@PathVariable String id, @RequestBody JsonObject body) {
        Resolution resolution = ResolveRequest.resolutionFrom(body);
        return intervened(id, notification -> intervene.resolve(notification, resolution));
    }

    @PostMapping("/redrive")
    @Operation(
            operationId = "redriveNotification",
            summary = "Try a notification that has failed afresh",
            description = "With all its retries, as if it had never been tried.")
    Mono<NotificationDetails> redrive(@PathVariable String id) {
        return intervened(id, intervene::redrive);
    }

    private Mono<NotificationDetails> intervened(String id, Consumer<NotificationId> intervention) {
        NotificationId notificationId = PathId.parse(id);
        return virtualThreads
                .call(() -> {
                    intervention.accept(notificationId);
                    return notificationId;
                })
                .flatMap(done -> Mono.fromCompletionStage(() -> reads.findNow(done)))
                .flatMap(Mono::justOrEmpty)
                .map(NotificationDetails::from);
    }

    @Schema(description = "When a notification goes out: one of both.")
    record RescheduleRequest(
            @Schema(
                    description = "At that time (RFC 3339), at most 366 days ahead.",
                    format = "date-time",
                    example = "2026-12-24T08:00:00Z")
            @Nullable String sendAt,

            @Schema(description = "So many seconds from now.", minimum = "0", maximum = "31622400", example = "3600")
            @Nullable Long delaySeconds) {

        static Instant sendAtFrom(JsonObject body, Instant now) {
            Fields fields = new Fields();
            String given = body.text("send_at", fields);
            Long delay = body.wholeNumber("delay_seconds", 0, Timing.FARTHEST.toSeconds(), fields);
            body.nothingElse(fields);
            if (given != null && delay != null) {
                fields.wrong("delay_seconds", "must be absent where send_at is given");
            }
            Instant sendAt = delay == null ? fields.required("send_at", given, Times::parse) : now.plusSeconds(delay);
            if (sendAt != null) {
                Timing.checkSendAt(sendAt, now, "send_at", fields);
            }
            fields.check();
            return Objects.requireNonNull(sendAt);
        }
    }

    @Schema(description = "What is to be thought of attempts whose outcome is unknown.")
    record ResolveRequest(
            @Schema(
                    description = "resend: send it again, at the risk of a second copy; sent: it did arrive; failed: it"
                            + " did not, and is given up.",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"resend", "sent", "failed"},
                    example = "sent")
            @Nullable String resolution) {

        static Resolution resolutionFrom(JsonObject body) {
            Fields fields = new Fields();
            Resolution resolution =
                    fields.required("resolution", body.text("resolution", fields), Words.of(Resolution.class));
            body.nothingElse(fields);
            fields.check();
            return Objects.requireNonNull(resolution);
        }
    }
}
