package dev.tidings.adapters.rest;

import dev.tidings.adapters.StorableText;
import dev.tidings.application.Fields;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = ApiDocument.NOTIFICATIONS)
final class ListController {

    private final NotificationReads reads;

    ListController(NotificationReads reads) {
        this.reads = reads;
    }

    @GetMapping(path = "/notifications/history/{userid}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getHistory",
            summary = "See what a person was sent",
            description = "Newest first, in pages: \"next\" of one page is \"cursor\" of the next one. The header Link"
                    + " (RFC 8288) has the address of the next page.")
    @Filters
    @ApiResponse(responseCode = "200", description = "A page; empty when the person was never sent anything.")
    Mono<ResponseEntity<NotificationList>> history(@PathVariable String userid, ServerHttpRequest request) {
        Fields fields = new Fields();
        UserId userId = fields.required("userid", userid, UserId::new);
        return listed(query(userId, new QueryParameters(request.getQueryParams()), fields), request);
    }

    @GetMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listNotifications",
            summary = "Look for notifications",
            description = "Newest first, in pages: \"next\" of one page is \"cursor\" of the next one. The header Link"
                    + " (RFC 8288) has the address of the next page. What was accepted a moment ago may be missing.")
    @Filters
    @Parameter(
            name = "userid",
            in = ParameterIn.QUERY,
            description = "Only what was for this person.",
            schema = @Schema(type = "string", example = "a1b2c3d4e5f6789012345678901234ab"))
    @ApiResponse(responseCode = "200", description = "A page; empty when there are none.")
    Mono<ResponseEntity<NotificationList>> list(ServerHttpRequest request) {
        Fields fields = new Fields();
        QueryParameters given = new QueryParameters(request.getQueryParams());
        return listed(query(given.optional("userid", fields, UserId::new), given, fields), request);
    }

    private Mono<ResponseEntity<NotificationList>> listed(Query query, ServerHttpRequest request) {
        return Mono.fromCompletionStage(() -> reads.list(query))
                .map(NotificationList::from)
                .map(list -> Pages.answer(list, list.next(), request));
    }

    private static Query query(@Nullable UserId userId, QueryParameters given, Fields fields) {
        Integer limit = given.optional("limit", fields, Pages::limit);
        NotificationId before = given.optional("cursor", fields, Cursor::parse);
        NotificationType type = given.optional("type", fields, NotificationType::new);
        NotificationStatus status = given.optional("status", fields, Words.of(NotificationStatus.class));
        ServiceId serviceId = given.optional("service_id", fields, ServiceId::new);
        String template = given.optional("template", fields, StorableText::of);
        ProviderName provider = given.optional("provider", fields, name -> new ProviderName(StorableText.of(name)));
        Boolean outcomeUnknown = given.optional("outcome", fields, ListController::unknown);
        Instant from = given.optional("from", fields, Times::parse);
        Instant to = given.optional("to", fields, Times::parse);
        checkOrder(from, to, fields);
        given.nothingElse(fields);
        fields.check();
        return new Query(
                userId,
                serviceId,
                type,
                status,
                template,
                provider,
                outcomeUnknown != null,
                from,
                to,
                before,
                limit == null ? Pages.USUAL_LIMIT : limit);
    }

    static void checkOrder(@Nullable Instant from, @Nullable Instant to, Fields fields) {
        if (from != null && to != null && from.isAfter(to)) {
            fields.wrong("to", "must not be before \"from\"");
        }
    }

    static boolean unknown(String outcome) {
        if (outcome.equals("unknown")) {
            return true;
        }
        throw new IllegalArgumentException("must be unknown");
    }
}
