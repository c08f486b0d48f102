package dev.tidings.adapters.rest;

import dev.tidings.application.notification.NotificationReads;
import dev.tidings.application.notification.NotificationReads.Recorded;
import dev.tidings.application.notification.NotificationView;
import dev.tidings.application.notification.TimelineEntry;
import dev.tidings.domain.notification.NotificationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.NOTIFICATIONS)
final class NotificationController {

    private final NotificationReads reads;

    NotificationController(NotificationReads reads) {
        this.reads = reads;
    }

    @GetMapping("/" + PathId.PATTERN)
    @Operation(
            operationId = "getNotification",
            summary = "See where a notification stands",
            description = "Knows a notification from the moment it was accepted.")
    @ApiResponse(responseCode = "200", description = "Where it stands.")
    @ApiResponse(responseCode = "404", description = "There is no such notification.", content = @Content)
    Mono<NotificationDetails> details(@PathVariable String id) {
        NotificationId notificationId = PathId.parse(id);
        return Mono.fromCompletionStage(() -> reads.find(notificationId))
                .flatMap(Mono::justOrEmpty)
                .map(NotificationDetails::from)
                .switchIfEmpty(Mono.error(() -> unknown(notificationId)));
    }

    @GetMapping("/" + PathId.PATTERN + "/timeline")
    @Operation(
            operationId = "getTimeline",
            summary = "See what happened to a notification, and why",
            description = "Each rule that was asked, each attempt and its outcome, oldest first.")
    @ApiResponse(responseCode = "200", description = "All that happened so far.")
    @ApiResponse(responseCode = "404", description = "There is no such notification.", content = @Content)
    Mono<Timeline> timeline(@PathVariable String id) {
        NotificationId notificationId = PathId.parse(id);
        return Mono.fromCompletionStage(() -> reads.events(notificationId))
                .filter(events -> !events.isEmpty())
                .map(events -> Timeline.of(notificationId, events))
                .switchIfEmpty(Mono.error(() -> unknown(notificationId)));
    }

    static Refused unknown(NotificationId id) {
        return new Refused(ProblemType.UNKNOWN_NOTIFICATION, "There is no notification with the id " + id);
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
                    description = "A stable word: requested, asked_preferences, asked_duplicate, suppressed, scheduled,"
                            + " sent, sent_again, retrying, postponed, outcome_unknown, failed, cancelled, expired,"
                            + " redriven, resolved.",
                    example = "sent")
            String what,

            @Schema(description = "A sentence for people.", example = "attempt 1 by smtp was accepted")
            String why) {

        static Entry from(TimelineEntry entry) {
            return new Entry(entry.at(), entry.what(), entry.why());
        }
    }
}
