package dev.tidings.adapters.rest;

import dev.tidings.application.notification.RebuildViews;
import dev.tidings.application.notification.ViewsBeside.Differences;
import dev.tidings.application.notification.ViewsBeside.Progress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = ApiDocument.LEDGER)
final class ViewsController {

    private static final String PATH = "/views/rebuild";

    private final RebuildViews rebuild;
    private final VirtualThreads threads;

    ViewsController(RebuildViews rebuild, VirtualThreads threads) {
        this.rebuild = rebuild;
        this.threads = threads;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "rebuildViews",
            summary = "Make the views anew from the log",
            description = "The history and the lists go on being answered from the old views until the new ones, made"
                    + " beside them and compared with them, take their place. While one is under way, another isn't"
                    + " started.")
    @ApiResponse(responseCode = "202", description = "It runs; the header Location says where to see how far it is.")
    Mono<ResponseEntity<Rebuild>> start() {
        return threads.call(
                () -> ResponseEntity.accepted().location(URI.create(PATH)).body(Rebuild.from(rebuild.start())));
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getRebuild",
            summary = "See how far the rebuild of the views is",
            description = "Of the one that runs, or else of the last one, on whichever node.")
    @ApiResponse(responseCode = "200", description = "How far it is.")
    Mono<Rebuild> progress() {
        return threads.call(() -> rebuild.progress().map(Rebuild::from).orElse(Rebuild.NEVER));
    }

    @Schema(description = "How far a rebuild of the views is.")
    record Rebuild(
            @Schema(
                    description =
                            "copying, indexing, comparing and switching follow each other. done: the new views are"
                                    + " read. failed, and interrupted (its process is gone): the old ones are, as they were."
                                    + " never: there was none.",
                    example = "copying")
            String phase,

            @Schema(description = "The node that does it.", example = "tidings-1") @Nullable String node,

            @Schema(description = "How many events were copied.", example = "150000")
            long eventsRead,

            @Schema(description = "Of about how many.", example = "600000")
            long of,

            @Schema(description = "How many a second.", example = "25000")
            long eventsPerSecond,

            @Schema(example = "2026-01-01T12:00:00.000Z") @Nullable Instant startedAt,

            @Schema(description = "Of when this is; when it ended, if it has.", example = "2026-01-01T12:00:06.000Z")
            @Nullable Instant seenAt,

            @Schema(description = "Absent until they were compared.") @Nullable WrongViews differences,

            @Schema(description = "Why it failed.", example = "Tidings is shutting down") @Nullable String problem) {

        static final Rebuild NEVER = new Rebuild("never", null, 0, 0, 0, null, null, null, null);

        static Rebuild from(Progress progress) {
            return new Rebuild(
                    Words.of(progress.phase()),
                    progress.node(),
                    progress.read(),
                    progress.read() + progress.left(),
                    progress.perSecond(),
                    progress.startedAt(),
                    progress.seenAt(),
                    progress.differences() == null ? null : WrongViews.from(progress.differences()),
                    progress.problem());
        }
    }

    @Schema(description = "What was wrong with the old views, in numbers of notifications.")
    record WrongViews(
            @Schema(description = "Which they did not show.", example = "0")
            long missing,

            @Schema(description = "Which they showed though the log has none.", example = "0")
            long superfluous,

            @Schema(description = "Which they showed otherwise.", example = "1")
            long different,

            @Schema(
                    description = "Ids of up to 100 of all these.",
                    example = "[\"019cb2a0-0000-7000-8000-000000000001\"]")
            List<String> examples) {

        static WrongViews from(Differences differences) {
            return new WrongViews(
                    differences.missing(), differences.superfluous(), differences.different(), differences.examples());
        }
    }
}
