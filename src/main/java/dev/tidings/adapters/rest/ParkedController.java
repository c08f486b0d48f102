package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.parking.ParkedFilter;
import dev.tidings.application.parking.ParkedMessage;
import dev.tidings.application.parking.ParkingUnavailable;
import dev.tidings.application.parking.ReviewParked;
import dev.tidings.application.parking.ReviewParked.Found;
import dev.tidings.application.parking.ReviewParked.Listing;
import dev.tidings.application.parking.ReviewParked.Redrive;
import dev.tidings.application.parking.ReviewParked.Redriven;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/parked", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.PARKED)
final class ParkedController {

    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 200;
    private static final int LONGEST_WORD = 200;

    private final ReviewParked parked;
    private final VirtualThreads virtualThreads;

    ParkedController(ReviewParked parked, VirtualThreads virtualThreads) {
        this.parked = parked;
        this.virtualThreads = virtualThreads;
    }

    @GetMapping
    @Operation(
            operationId = "listParked",
            summary = "See what could not be processed, and why",
            description = "The oldest first, without their bodies: those may hold personal data. At most 10,000 are"
                    + " looked at. While somebody looks, others wait.")
    @Parameter(
            name = "reason",
            in = ParameterIn.QUERY,
            description = "Only those that were parked for this.",
            schema = @Schema(type = "string", example = "invalid_fields"))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only this type of event, or of notification.",
            schema = @Schema(type = "string", example = "UserRegistered"))
    @Parameter(
            name = "service",
            in = ParameterIn.QUERY,
            description = "Only those that this service sent.",
            schema = @Schema(type = "string", example = "user-service"))
    @Parameter(
            name = "queue",
            in = ParameterIn.QUERY,
            description = "Only those that came from this queue.",
            schema = @Schema(type = "string", example = "general_queue"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Only those that were parked then (RFC 3339) or later.",
            schema = @Schema(type = "string", format = "date-time", example = "2026-01-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Only those that were parked before (RFC 3339).",
            schema = @Schema(type = "string", format = "date-time", example = "2099-01-01T00:00:00Z"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many are shown at most; all are counted.",
            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
    @ApiResponse(responseCode = "200", description = "Those that are parked.")
    Mono<ParkedList> list(ServerHttpRequest request) {
        QueryParameters given = new QueryParameters(request.getQueryParams());
        Fields fields = new Fields();
        ParkedFilter filter = new ParkedFilter(
                Set.of(),
                given.optional("reason", fields, ParkedController::word),
                given.optional("type", fields, ParkedController::word),
                given.optional("service", fields, ParkedController::word),
                given.optional("queue", fields, ParkedController::word),
                given.optional("from", fields, Times::parse),
                given.optional("to", fields, Times::parse));
        Integer limit = given.optional("limit", fields, ParkedController::limit);
        given.nothingElse(fields);
        fields.check();
        return call(() -> ParkedList.from(parked.list(filter, limit == null ? USUAL_LIMIT : limit)));
    }

    private static int limit(String text) {
        int limit = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + HIGHEST_LIMIT);
        }
        return limit;
    }

    private static String word(String text) {
        if (text.length() > LONGEST_WORD) {
            throw new IllegalArgumentException("must have at most " + LONGEST_WORD + " characters");
        }
        return text;
    }

    @GetMapping("/{message}")
    @Operation(operationId = "getParked", summary = "See one message that could not be processed")
    @Parameter(
            name = "body",
            in = ParameterIn.QUERY,
            description = "Whether its body is wanted, too. It may hold personal data.",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @ApiResponse(responseCode = "200", description = "The message.")
    @ApiResponse(responseCode = "404", description = "No such message is parked.", content = @Content)
    Mono<Parked> one(@PathVariable String message, ServerHttpRequest request) {
        QueryParameters given = new QueryParameters(request.getQueryParams());
        Fields fields = new Fields();
        Boolean withBody = given.optional("body", fields, ParkedController::yesOrNo);
        given.nothingElse(fields);
        fields.check();
        return call(() -> {
            Found found = parked.find(message).orElseThrow(() -> unknown(message));
            return Parked.from(
                    found.message(),
                    Boolean.TRUE.equals(withBody) ? new String(found.body(), StandardCharsets.UTF_8) : null);
        });
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    @PostMapping("/redrive")
    @Operation(
            operationId = "redriveParked",
            summary = "Try parked messages again",
            description = "Puts those that the fields mean back into the queues that they came from, the oldest first."
                    + " Counts only, unless \"dry_run\" is false. What can't be processed still is parked again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = RedriveParked.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "How many would it be?",
                                                            value = Examples.REDRIVE_PARKED))))
    @ApiResponse(responseCode = "200", description = "How many were, or would be, tried again.")
    Mono<RedrivenParked> redrive(@RequestBody JsonObject body, RequestContext context) {
        Fields fields = new Fields();
        Redrive order = RedriveParked.from(body, fields).toRedrive(context, fields);
        fields.check();
        return call(() -> RedrivenParked.from(order, parked.redrive(order)));
    }

    @DeleteMapping("/{message}")
    @Operation(
            operationId = "deleteParked",
            summary = "Throw a parked message away",
            description = "Its sender may have to be told.")
    @ApiResponse(responseCode = "200", description = "It is gone.")
    @ApiResponse(responseCode = "404", description = "No such message is parked.", content = @Content)
    Mono<DeletedParked> delete(@PathVariable String message) {
        return call(() -> {
            if (!parked.delete(message)) {
                throw unknown(message);
            }
            return new DeletedParked(message);
        });
    }

    private <T> Mono<T> call(Supplier<T> work) {
        return virtualThreads
                .call(work)
                .onErrorMap(
                        ParkingUnavailable.class,
                        e -> new Refused(
                                ProblemType.UNAVAILABLE,
                                "The parked messages can't be reached for now: " + e.getMessage()));
    }

    private static Refused unknown(String message) {
        return new Refused(ProblemType.UNKNOWN_PARKED_MESSAGE, "No message with the id " + message + " is parked");
    }

    @Schema(description = "What is parked.")
    record ParkedList(
            @Schema(description = "The oldest first.") List<Parked> items,

            @Schema(description = "How many there are of those that were asked for.", example = "3")
            int matched,

            @Schema(description = "How many for which reason.", example = "{\"invalid_fields\": 3}")
            Map<String, Integer> byReason,

            @Schema(description = "Among how many it was looked.", example = "12")
            int lookedAt,

            @Schema(description = "Whether these are all that are parked.", example = "true")
            boolean all) {

        static ParkedList from(Listing listing) {
            return new ParkedList(
                    listing.items().stream()
                            .map(message -> Parked.from(message, null))
                            .toList(),
                    listing.matched(),
                    listing.byReason(),
                    listing.lookedAt(),
                    listing.all());
        }
    }

    @Schema(description = "A message that could not be processed.")
    record Parked(
            @Schema(description = "Names it while it is parked.", example = "5f0c2f6e-2d64-4e0f-a3b0-0b6c9c1f7d3e")
            String message,

            @Schema(description = "Why, in a stable word.", example = "invalid_fields")
            String reasonCode,

            @Schema(description = "Why, in words.", example = "email is missing")
            String reason,

            @Schema(description = "As its sender calls it.", example = "UserRegistered") @Nullable String type,

            @Schema(description = "That sent it.", example = "user-service") @Nullable String service,

            @Schema(description = "From which it was taken.", example = "general_queue") @Nullable String queue,

            @Schema(description = "To which it was sent.", example = "notification.events") @Nullable String exchange,

            @Schema(description = "With which it was sent.", example = "user.registered") @Nullable String routingKey,

            @Schema(description = "When.", example = "2026-01-31T12:00:00Z") @Nullable Instant parkedAt,

            @Schema(description = "How often it was tried.", example = "1")
            int attempts,

            @Schema(description = "How often it was put back into its queue.", example = "0")
            int redriven,

            @Schema(description = "Of its body, in bytes.", example = "212")
            int size,

            @Schema(description = "As its sender named it.", example = "6f1c") @Nullable String messageId,

            @Schema(description = "In the course of what.", example = "c-1") @Nullable String correlationId,

            @Schema(description = "Of its sender; long ones are cut.", example = "{\"x-retry\": \"4\"}")
            Map<String, String> headers,

            @Schema(description = "What it says; only if asked for.", example = "{}") @Nullable String body) {

        static Parked from(ParkedMessage message, @Nullable String body) {
            return new Parked(
                    message.id(),
                    message.reasonCode(),
                    message.reason(),
                    message.type(),
                    message.service(),
                    message.queue(),
                    message.exchange(),
                    message.routingKey(),
                    message.parkedAt(),
                    message.attempts(),
                    message.redriven(),
                    message.size(),
                    message.messageId(),
                    message.correlationId(),
                    message.headers(),
                    body);
        }
    }

    @Schema(description = "Which parked messages are to be tried again. What is absent excludes none.")
    record RedriveParked(
            @Schema(description = "This one.", example = "5f0c2f6e-2d64-4e0f-a3b0-0b6c9c1f7d3e") @Nullable String message,

            @Schema(description = "Those that were parked for this.", example = "not_stored") @Nullable String reason,

            @Schema(description = "Those of this type.", example = "UserRegistered") @Nullable String type,

            @Schema(description = "Those of this service.", example = "user-service") @Nullable String service,

            @Schema(description = "Those that came from this queue.", example = "general_queue") @Nullable String queue,

            @Schema(
                    description = "Those that were parked then (RFC 3339) or later.",
                    format = "date-time",
                    example = "2026-01-01T00:00:00Z")
            @Nullable String from,

            @Schema(
                    description = "Those that were parked before (RFC 3339).",
                    format = "date-time",
                    example = "2099-01-01T00:00:00Z")
            @Nullable String to,

            @Schema(
                    description = "How many at most.",
                    minimum = "1",
                    maximum = "10000",
                    defaultValue = "1000",
                    example = "1000")
            @Nullable Long limit,

            @Schema(description = "How fast.", minimum = "1", maximum = "1000", defaultValue = "100", example = "100")
            @Nullable Long perSecond,

            @Schema(description = "Whether they are only counted.", defaultValue = "true", example = "true") @Nullable Boolean dryRun) {

        private static final int MOST_PER_SECOND = 1_000;
        private static final long USUAL_LIMIT = 1_000;
        private static final long USUAL_PACE = 100;

        static RedriveParked from(JsonObject body, Fields fields) {
            RedriveParked request = new RedriveParked(
                    body.text("message", fields),
                    body.text("reason", fields),
                    body.text("type", fields),
                    body.text("service", fields),
                    body.text("queue", fields),
                    body.text("from", fields),
                    body.text("to", fields),
                    body.wholeNumber("limit", 1, ReviewParked.MOST_LOOKED_AT, fields),
                    body.wholeNumber("per_second", 1, MOST_PER_SECOND, fields),
                    body.yesOrNo("dry_run", fields));
            body.nothingElse(fields);
            return request;
        }

        Redrive toRedrive(RequestContext context, Fields fields) {
            return new Redrive(
                    new ParkedFilter(
                            message == null ? Set.of() : Set.of(message),
                            reason,
                            type,
                            service,
                            queue,
                            fields.optional("from", from, Times::parse),
                            fields.optional("to", to, Times::parse)),
                    Math.toIntExact(Objects.requireNonNullElse(limit, USUAL_LIMIT)),
                    Math.toIntExact(Objects.requireNonNullElse(perSecond, USUAL_PACE)),
                    Objects.requireNonNullElse(dryRun, true),
                    context.serviceId().value());
        }
    }

    @Schema(description = "What came of trying parked messages again.")
    record RedrivenParked(
            @Schema(description = "Whether they were only counted.", example = "true")
            boolean dryRun,

            @Schema(description = "How many are meant, at most the limit.", example = "3")
            int matched,

            @Schema(description = "How many for which reason.", example = "{\"not_stored\": 3}")
            Map<String, Integer> byReason,

            @Schema(description = "How many more are meant, but don't say where they came from.", example = "0")
            int withoutOrigin,

            @Schema(description = "How many are in their queues again.", example = "0")
            int redriven,

            @Schema(description = "Among how many it was looked.", example = "12")
            int lookedAt,

            @Schema(description = "Whether these are all that are parked.", example = "true")
            boolean all,

            @Schema(description = "Why it ended early.", example = "the broker did not take it back") @Nullable String problem) {

        static RedrivenParked from(Redrive order, Redriven redriven) {
            return new RedrivenParked(
                    order.dryRun(),
                    redriven.matched(),
                    redriven.byReason(),
                    redriven.withoutOrigin(),
                    redriven.redriven(),
                    redriven.lookedAt(),
                    redriven.all(),
                    redriven.problem());
        }
    }

    @Schema(description = "A parked message that is gone.")
    record DeletedParked(
            @Schema(example = "5f0c2f6e-2d64-4e0f-a3b0-0b6c9c1f7d3e")
            String message) {}
}
