package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.intervention.RedriveFailed;
import dev.tidings.application.intervention.RedriveFailed.Filter;
import dev.tidings.application.intervention.RedriveFailed.Selection;
import dev.tidings.application.intervention.RedriveProgress;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationRefused;
import dev.tidings.domain.notification.ProviderName;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
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
@RequestMapping(path = "/notifications/redrive", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.NOTIFICATIONS)
final class RedriveController {

    private final RedriveFailed redrive;
    private final VirtualThreads virtualThreads;

    RedriveController(RedriveFailed redrive, VirtualThreads virtualThreads) {
        this.redrive = redrive;
        this.virtualThreads = virtualThreads;
    }

    @PostMapping
    @Operation(
            operationId = "redriveNotifications",
            summary = "Try many notifications that have failed afresh",
            description = "Without \"dry_run\": false it only says how many there are. Carried out in the background by"
                    + " this node, one run at a time; what has been sent meanwhile is refused and counted.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = RedriveRequest.class),
                                            examples = @ExampleObject(value = Examples.REDRIVE))))
    @ApiResponse(
            responseCode = "200",
            description = "What would be redriven.",
            content = @Content(schema = @Schema(implementation = Preview.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Under way; Location tells how far it has come.",
            content = @Content(schema = @Schema(implementation = Run.class)))
    @ApiResponse(responseCode = "409", description = "Another run is under way on this node.", content = @Content)
    Mono<ResponseEntity<RedriveAnswer>> redrive(@RequestBody JsonObject body) {
        RedriveRequest.Order order = RedriveRequest.orderFrom(body);
        return virtualThreads.call(() -> order.dryRun() ? preview(order) : started(order));
    }

    private ResponseEntity<RedriveAnswer> preview(RedriveRequest.Order order) {
        return ResponseEntity.ok(Preview.from(redrive.select(order.filter(), order.limit())));
    }

    private ResponseEntity<RedriveAnswer> started(RedriveRequest.Order order) {
        return redrive.start(UUID.randomUUID(), order.filter(), order.limit(), order.perSecond())
                .map(Run::from)
                .map(run -> ResponseEntity.accepted()
                        .location(URI.create("/notifications/redrive/" + run.run()))
                        .<RedriveAnswer>body(run))
                .orElseThrow(() -> new Refused(
                        ProblemType.REDRIVE_UNDER_WAY, "This node carries out another run: wait for its end"));
    }

    @GetMapping("/{run}")
    @Operation(
            operationId = "getRedrive",
            summary = "See how far a redrive has come",
            description = "Only the node that carries it out knows, until it is restarted.")
    @ApiResponse(responseCode = "200", description = "How far it has come.")
    @ApiResponse(responseCode = "404", description = "This node knows no such run.", content = @Content)
    Mono<Run> progress(@PathVariable String run) {
        return Mono.justOrEmpty(idFrom(run).flatMap(redrive::progress))
                .map(Run::from)
                .switchIfEmpty(Mono.error(
                        () -> new Refused(ProblemType.UNKNOWN_RUN, "This node knows no run with the id " + run)));
    }

    private static Optional<UUID> idFrom(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    sealed interface RedriveAnswer {}

    @Schema(name = "RedrivePreview", description = "What would be redriven.")
    record Preview(
            @Schema(example = "true") boolean dryRun,

            @Schema(description = "How many, up to the limit.", example = "1234")
            int found,

            @Schema(description = "Whether there are others beyond the limit.", example = "false")
            boolean more,

            @Schema(description = "A few of them, the newest.", example = "[\"0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c\"]")
            List<String> first)
            implements RedriveAnswer {

        private static final int FEW = 10;

        static Preview from(Selection selection) {
            return new Preview(
                    true,
                    selection.ids().size(),
                    selection.more(),
                    selection.ids().stream()
                            .limit(FEW)
                            .map(NotificationId::toString)
                            .toList());
        }
    }

    @Schema(name = "RedriveRun", description = "How far a redrive has come.")
    record Run(
            @Schema(example = "7b0f7a0e-7d1e-4cc3-9d1b-0f6a4f5e2b3c")
            String run,

            @Schema(
                    description = "stopped: the node was shut down before its end.",
                    allowableValues = {"running", "done", "stopped"},
                    example = "running")
            String state,

            @Schema(description = "How many it is to redrive.", example = "1234")
            int found,

            @Schema(description = "How many it has redriven.", example = "1200")
            int redriven,

            @Schema(description = "How many it could not, by the problem's type.", example = "{\"already-sent\": 3}")
            Map<String, Integer> refused,

            @Schema(description = "How many went wrong in a way that only the log knows.", example = "0")
            int faulty,

            @Schema(example = "2026-01-31T12:00:00.000Z") Instant startedAt,

            @Schema(description = "Absent while it is under way.", example = "2026-01-31T12:00:12.000Z") @Nullable Instant endedAt)
            implements RedriveAnswer {

        static Run from(RedriveProgress progress) {
            Map<String, Integer> refused = new TreeMap<>();
            progress.refused().forEach((reason, count) -> refused.put(slug(reason), count));
            return new Run(
                    progress.run().toString(),
                    Words.of(progress.state()),
                    progress.found(),
                    progress.redriven(),
                    refused,
                    progress.faulty(),
                    progress.startedAt(),
                    progress.endedAt());
        }

        private static String slug(NotificationRefused.Reason reason) {
            return ProblemType.of(reason).slug();
        }
    }

    @Schema(description = "Which notifications that have failed are tried afresh; what is absent doesn't matter.")
    record RedriveRequest(
            @Schema(maxLength = 128, example = "a1b2c3d4e5f6789012345678901234ab") @Nullable String userid,

            @Schema(example = "default") @Nullable String serviceId,
            @Schema(example = "password_reset") @Nullable String type,
            @Schema(example = "password_reset") @Nullable String template,

            @Schema(description = "Which was tried last.", example = "smtp") @Nullable String provider,

            @Schema(
                    description = "Only what may have arrived without anybody knowing.",
                    allowableValues = {"unknown"},
                    example = "unknown")
            @Nullable String outcome,

            @Schema(
                    description = "Only what was requested then (RFC 3339) or later.",
                    format = "date-time",
                    example = "2026-01-01T00:00:00Z")
            @Nullable String from,

            @Schema(
                    description = "Only what was requested before (RFC 3339).",
                    format = "date-time",
                    example = "2099-01-01T00:00:00Z")
            @Nullable String to,

            @Schema(description = "Whether to say only what would be done. true when absent.", example = "true")
            @Nullable Boolean dryRun,

            @Schema(
                    description = "How many at most, the newest. 10,000 when absent.",
                    minimum = "1",
                    maximum = "10000",
                    example = "1000")
            @Nullable Integer limit,

            @Schema(description = "At which pace. 100 when absent.", minimum = "1", maximum = "1000", example = "100")
            @Nullable Integer perSecond) {

        private static final long USUAL_PACE = 100;

        record Order(Filter filter, boolean dryRun, int limit, int perSecond) {}

        static Order orderFrom(JsonObject body) {
            Fields fields = new Fields();
            UserId userId = fields.optional("userid", body.text("userid", fields), UserId::new);
            ServiceId serviceId = fields.optional("service_id", body.text("service_id", fields), ServiceId::new);
            NotificationType type = fields.optional("type", body.text("type", fields), NotificationType::new);
            String template = fields.optional("template", body.text("template", fields), given -> given);
            ProviderName provider = fields.optional("provider", body.text("provider", fields), ProviderName::new);
            Boolean unknown = fields.optional("outcome", body.text("outcome", fields), ListController::unknown);
            Instant from = fields.optional("from", body.text("from", fields), Times::parse);
            Instant to = fields.optional("to", body.text("to", fields), Times::parse);
            ListController.checkOrder(from, to, fields);
            Boolean dryRun = body.yesOrNo("dry_run", fields);
            Long limit = body.wholeNumber("limit", 1, RedriveFailed.MOST, fields);
            Long perSecond = body.wholeNumber("per_second", 1, RedriveFailed.FASTEST, fields);
            body.nothingElse(fields);
            fields.check();
            return new Order(
                    new Filter(userId, serviceId, type, template, provider, unknown != null, from, to),
                    !Boolean.FALSE.equals(dryRun),
                    Math.toIntExact(Objects.requireNonNullElse(limit, (long) RedriveFailed.MOST)),
                    Math.toIntExact(Objects.requireNonNullElse(perSecond, USUAL_PACE)));
        }
    }
}
