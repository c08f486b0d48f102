package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.acceptance.SendByChannels.Dispatched;
import dev.tidings.application.acceptance.SendByChannels.Order;
import dev.tidings.application.acceptance.SendByChannels.Prepared;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.application.notification.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.NOTIFICATIONS)
final class SendController {

    static final String BATCH = "/notifications/batch";

    private final SendByChannels send;
    private final PhoneNumbers phones;
    private final BatchAnswers answers;
    private final WireJson json;
    private final VirtualThreads virtualThreads;

    SendController(
            SendByChannels send,
            PhoneNumbers phones,
            BatchAnswers answers,
            WireJson json,
            VirtualThreads virtualThreads) {
        this.send = send;
        this.phones = phones;
        this.answers = answers;
        this.json = json;
        this.virtualThreads = virtualThreads;
    }

    @PostMapping("/send")
    @Operation(
            operationId = "sendNotification",
            summary = "Send a notification",
            description = "Accepts a notification for one person, by one channel or by several: each has an outcome of"
                    + " its own. Once this has answered, it is kept safely and will be sent, or suppressed if the person switched its type off, or if it is a copy"
                    + " of one that was accepted a moment ago. With an Idempotency-Key it may be repeated at will: a"
                    + " repetition gets the first one's id and status.",
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
                                                @ExampleObject(name = "Ready text", value = Examples.SEND_TEXT),
                                                @ExampleObject(name = "In an hour", value = Examples.SEND_LATER),
                                                @ExampleObject(
                                                        name = "By SMS if push doesn't arrive",
                                                        value = Examples.SEND_WITH_FALLBACK)
                                            })))
    @ApiResponse(responseCode = "202", description = "Accepted; Location tells where to see what becomes of it.")
    @ApiResponse(
            responseCode = "422",
            description = "The key was used for another request, which said something else.",
            content = @Content)
    Mono<ResponseEntity<Accepted>> send(@RequestBody JsonObject body, IdempotencyKey key, RequestContext context) {
        return virtualThreads
                .call(() -> Accepted.from(
                        send.accept(prepared(body, key, context, new Fields())).join()))
                .map(accepted -> ResponseEntity.accepted()
                        .location(URI.create(accepted.links().self()))
                        .body(accepted));
    }

    @PostMapping("/batch")
    @Operation(
            operationId = "sendBatch",
            summary = "Send up to 1,000 notifications",
            description = "Each is accepted or refused for itself, and \"results\" says so in their order. An"
                    + " Idempotency-Key stands for all: an item without a key of its own gets it, with a slash and its"
                    + " index behind it, so the whole batch may be repeated at will. A body may have up to 16 MiB.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = BatchRequest.class),
                                            examples = @ExampleObject(value = Examples.SEND_BATCH))))
    @ApiResponse(responseCode = "202", description = "What came of each.")
    Mono<ResponseEntity<BatchAnswer>> sendBatch(
            @RequestBody BatchBody body, IdempotencyKey key, RequestContext context) {
        return virtualThreads
                .call(() -> answers.to(submit(body, key, context), context))
                .map(answer -> ResponseEntity.accepted().body(answer));
    }

    private List<CompletableFuture<List<Dispatched>>> submit(
            BatchBody body, IdempotencyKey key, RequestContext context) {
        List<JsonNode> items = BatchRequest.itemsOf(body.read(json));
        List<CompletableFuture<List<Dispatched>>> accepted = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            accepted.add(submit(item, key.ofItem(accepted.size()), context));
        }
        return accepted;
    }

    private CompletableFuture<List<Dispatched>> submit(
            JsonNode item, IdempotencyKey inherited, RequestContext context) {
        try {
            return item instanceof ObjectNode object
                    ? send.accept(preparedItem(new JsonObject(object), inherited, context))
                    : CompletableFuture.failedFuture(
                            new Refused(ProblemType.MALFORMED_JSON, "The item must be a JSON object, in braces"));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Prepared preparedItem(JsonObject item, IdempotencyKey inherited, RequestContext context) {
        Fields fields = new Fields();
        IdempotencyKey own = IdempotencyKey.of(item.text(BatchRequest.KEY, fields), BatchRequest.KEY, fields);
        return prepared(item, own.value() == null ? inherited : own, context, fields);
    }

    private Prepared prepared(JsonObject body, IdempotencyKey key, RequestContext context, Fields fields) {
        SendRequest request = SendRequest.from(body, fields);
        body.nothingElse(fields);
        Prepared prepared = prepared(request.toOrder(context, key, phones, fields), fields);
        fields.check();
        return Objects.requireNonNull(prepared);
    }

    /** What else is wrong is told with what is known to be wrong already. */
    private @Nullable Prepared prepared(Order order, Fields fields) {
        try {
            return send.prepare(order);
        } catch (InvalidInput e) {
            e.errors().forEach(error -> fields.wrong(error.field(), error.problem()));
            return null;
        }
    }
}
