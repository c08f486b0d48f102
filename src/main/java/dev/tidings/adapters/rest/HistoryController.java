package dev.tidings.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.application.Fields;
import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Page;
import dev.tidings.application.notification.NotificationReads.Query;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.NotificationStatus;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = ApiDocument.NOTIFICATIONS)
final class HistoryController {

    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 200;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final NotificationReads reads;

    HistoryController(NotificationReads reads) {
        this.reads = reads;
    }

    @GetMapping(path = "/notifications/history/{userid}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getHistory",
            summary = "See what a person was sent",
            description = "Newest first, in pages: \"next\" of one page is \"cursor\" of the next one. The header Link"
                    + " (RFC 8288) has the address of the next page.")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many at most.",
            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The next of the page before.",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only this type of notification.",
            schema = @Schema(type = "string", example = "password_reset"))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "Only what stands there.",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"queued", "retrying", "held", "sent", "failed", "suppressed"}))
    @Parameter(
            name = "service_id",
            in = ParameterIn.QUERY,
            description = "Only what this service asked for.",
            schema = @Schema(type = "string", example = "default"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Only what was requested then (RFC 3339) or later.",
            schema = @Schema(type = "string", format = "date-time", example = "2026-01-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Only what was requested before (RFC 3339).",
            schema = @Schema(type = "string", format = "date-time", example = "2099-01-01T00:00:00Z"))
    @ApiResponse(responseCode = "200", description = "A page; empty when the person was never sent anything.")
    Mono<ResponseEntity<History>> history(@PathVariable String userid, ServerHttpRequest request) {
        Query query = query(userid, new QueryParameters(request.getQueryParams()));
        return Mono.fromCompletionStage(() -> reads.list(query)).map(page -> answer(History.from(page), request));
    }

    private static Query query(String userid, QueryParameters given) {
        Fields fields = new Fields();
        UserId userId = fields.required("userid", userid, UserId::new);
        Integer limit = given.optional("limit", fields, HistoryController::limit);
        NotificationId before = given.optional("cursor", fields, Cursor::parse);
        NotificationType type = given.optional("type", fields, NotificationType::new);
        NotificationStatus status = given.optional("status", fields, Words.of(NotificationStatus.class));
        ServiceId serviceId = given.optional("service_id", fields, ServiceId::new);
        Instant from = given.optional("from", fields, HistoryController::instant);
        Instant to = given.optional("to", fields, HistoryController::instant);
        if (from != null && to != null && from.isAfter(to)) {
            fields.wrong("to", "must not be before \"from\"");
        }
        given.nothingElse(fields);
        fields.check();
        return new Query(
                Objects.requireNonNull(userId),
                serviceId,
                type,
                status,
                null,
                null,
                false,
                from,
                to,
                before,
                limit == null ? USUAL_LIMIT : limit);
    }

    private static int limit(String text) {
        if (text.matches("\\d{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= HIGHEST_LIMIT) {
                return limit;
            }
        }
        throw new IllegalArgumentException("must be a whole number from 1 to " + HIGHEST_LIMIT);
    }

    private static Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z (RFC 3339)", e);
        }
        throw new IllegalArgumentException("must be in a year from 1970 to 9999");
    }

    private static ResponseEntity<History> answer(History history, ServerHttpRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (history.next() != null) {
            answer.header(HttpHeaders.LINK, "<" + nextPage(request.getURI(), history.next()) + ">; rel=\"next\"");
        }
        return answer.body(history);
    }

    /** Relative, so that it holds behind any proxy. */
    private static String nextPage(URI uri, String next) {
        return UriComponentsBuilder.newInstance()
                .path(uri.getRawPath())
                .query(uri.getRawQuery())
                .replaceQueryParam("cursor", next)
                .build()
                .toUriString();
    }

    @Schema(description = "A page of what a person was sent, newest first.")
    record History(
            List<NotificationDetails> items,

            @JsonInclude
            @Schema(
                    types = {"string", "null"},
                    description = "The cursor of the next page; null on the last one.",
                    example = "AZLwxH0efMOdGw9qT14rPA")
            @Nullable String next) {

        static History from(Page page) {
            return new History(
                    page.items().stream().map(NotificationDetails::from).toList(),
                    page.more() ? Cursor.after(page.items().getLast().view().notificationId()) : null);
        }
    }
}
