package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.ledger.Difference;
import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.application.ledger.Tally;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.notification.NotificationStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = ApiDocument.LEDGER)
final class LedgerController {

    private static final Duration USUAL_SPAN = Duration.ofHours(24);
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);

    private final Ledger ledger;
    private final VirtualThreads threads;
    private final InstantSource clock;

    LedgerController(Ledger ledger, VirtualThreads threads, InstantSource clock) {
        this.ledger = ledger;
        this.threads = threads;
        this.clock = clock;
    }

    record Asked(Instant from, Instant to, @Nullable ServiceId service) {}

    @GetMapping(path = "/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getLedger",
            summary = "See whether the books balance",
            description = "Whatever was accepted has ended once, or waits. That is counted by service and hour of"
                    + " acceptance, in the log, in the views and in the delivery queue, as of one moment. Views that are"
                    + " a little behind the log are no imbalance.")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Only what was accepted then (RFC 3339) or later. If absent: 24 h before \"to\".",
            schema = @Schema(type = "string", format = "date-time", example = "2026-01-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Only what was accepted before (RFC 3339), at most 31 days after \"from\". If absent: now.",
            schema = @Schema(type = "string", format = "date-time", example = "2026-01-02T00:00:00Z"))
    @Parameter(
            name = "service_id",
            in = ParameterIn.QUERY,
            description = "Only what this service asked for.",
            schema = @Schema(type = "string", example = "default"))
    @ApiResponse(responseCode = "200", description = "The books.")
    Mono<Books> ledger(ServerHttpRequest request) {
        Asked asked = asked(new QueryParameters(request.getQueryParams()), clock.instant());
        return threads.call(() -> Books.from(asked, ledger.count(asked.from, asked.to, asked.service)));
    }

    private static Asked asked(QueryParameters given, Instant now) {
        Fields fields = new Fields();
        Instant from = given.optional("from", fields, Times::parse);
        Instant to = given.optional("to", fields, Times::parse);
        ServiceId service = given.optional("service_id", fields, ServiceId::new);
        Instant end = to == null ? now : to;
        Instant start = from == null ? end.minus(USUAL_SPAN) : from;
        if (start.isAfter(end)) {
            fields.wrong("to", "must not be before \"from\"");
        } else if (Duration.between(start, end).compareTo(LONGEST_SPAN) > 0) {
            fields.wrong("from", "must be at most 31 days before \"to\"");
        }
        given.nothingElse(fields);
        fields.check();
        return new Asked(start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start, end, service);
    }

    @Schema(description = "What became of all that was accepted within some time.")
    record Books(
            @Schema(description = "From when on, inclusive.")
            Instant from,

            @Schema(description = "Until when, exclusive.") Instant to,

            @Schema(description = "Whether all of it balances.")
            boolean balanced,

            @Schema(description = "By service, then by hour; none of hours in which nothing was accepted.")
            List<Hour> hours) {

        static Books from(Asked asked, List<Sheet> sheets) {
            return new Books(
                    asked.from,
                    asked.to,
                    sheets.stream().allMatch(Sheet::isBalanced),
                    sheets.stream().map(Hour::from).toList());
        }
    }

    @Schema(
            description = "What became of what one service had accepted within one hour. Figures are numbers of"
                    + " notifications.")
    record Hour(
            @Schema(example = "default") String serviceId,

            @Schema(description = "When the hour begins.", example = "2026-01-01T12:00:00.000Z")
            Instant hour,

            @Schema(description = "Whether it balances.") boolean balanced,

            @Schema(
                    description = "By the log of events: how many were accepted, how many ended in which way, how many"
                            + " are waiting.",
                    example =
                            "{\"accepted\": 7, \"sent\": 5, \"delivered\": 0, \"bounced\": 0, \"failed\": 0, \"suppressed\": 1, \"cancelled\": 0, \"expired\": 0,"
                                    + " \"waiting\": 1}")
            Map<String, Long> log,

            @Schema(
                    description = "By the views, without those that they have yet to be told more of.",
                    example =
                            "{\"accepted\": 7, \"sent\": 5, \"delivered\": 0, \"bounced\": 0, \"failed\": 0, \"suppressed\": 1, \"cancelled\": 0, \"expired\": 0,"
                                    + " \"waiting\": 1}")
            Map<String, Long> views,

            @Schema(description = "Rows in the delivery queue: one for each that is waiting.", example = "1")
            long queued,

            @Schema(description = "How many the views have yet to be told more of.", example = "0")
            long viewsBehindBy,

            @Schema(description = "Figures that aren't what the log says they should be.")
            List<WrongFigure> differences) {

        static Hour from(Sheet sheet) {
            return new Hour(
                    sheet.service().value(),
                    sheet.hour(),
                    sheet.isBalanced(),
                    figures(sheet.log(), sheet.log().accepted()),
                    figures(sheet.views(), sheet.views().endedOrWaiting()),
                    sheet.queued(),
                    sheet.behind(),
                    sheet.differences().stream().map(WrongFigure::from).toList());
        }

        private static Map<String, Long> figures(Tally tally, long accepted) {
            Map<String, Long> figures = new LinkedHashMap<>();
            figures.put("accepted", accepted);
            Arrays.stream(NotificationStatus.values())
                    .filter(NotificationStatus::isEnd)
                    .forEach(status -> figures.put(Words.of(status), tally.ended(status)));
            figures.put("waiting", tally.waiting());
            return figures;
        }
    }

    @Schema(description = "A figure that isn't what the log says it should be.")
    record WrongFigure(
            @Schema(description = "Where it was counted: log, views or queue.", example = "queue")
            String source,

            @Schema(description = "Which one.", example = "waiting")
            String figure,

            @Schema(example = "1") long expected,
            @Schema(example = "0") long found) {

        static WrongFigure from(Difference difference) {
            return new WrongFigure(
                    Words.of(difference.source()), difference.figure(), difference.expected(), difference.found());
        }
    }
}
