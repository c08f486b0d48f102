package dev.tidings.adapters.rest;

import dev.tidings.application.acceptance.SendByChannels.Dispatched;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(description = "What came of the notifications of a batch.")
record BatchAnswer(
        @Schema(description = "How many are Tidings' responsibility now.", example = "2")
        int accepted,

        @Schema(description = "How many are not.", example = "0")
        int refused,

        @Schema(description = "In the order of the request.")
        List<Result> results) {

    static BatchAnswer of(List<Result> results) {
        int refused = (int)
                results.stream().filter(result -> result.problem() != null).count();
        return new BatchAnswer(results.size() - refused, refused, results);
    }

    @Schema(description = "What came of one notification of a batch: either an id and a status, or a problem.")
    record Result(
            @Schema(description = "Its place in the request, from 0.", example = "0")
            int index,

            @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c") @Nullable String notificationId,

            @Schema(
                    allowableValues = {"queued", "scheduled", "suppressed"},
                    example = "queued")
            @Nullable String status,

            @Schema(
                    description = "Present, and true, when the same request had been accepted before.",
                    example = "true")
            @Nullable Boolean duplicate,

            @Schema(
                    description = "Present when it is suppressed as a copy: the notification that it is a copy of.",
                    example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
            @Nullable String duplicateOf,

            @Schema(description = Accepted.SEVERAL) @Nullable List<Accepted.One> notifications,

            @Schema(description = "Why it was not accepted.") @Nullable Problem problem) {

        static Result of(int index, List<Dispatched> dispatched) {
            Accepted accepted = Accepted.from(dispatched);
            return new Result(
                    index,
                    accepted.notificationId(),
                    accepted.status(),
                    accepted.duplicate(),
                    accepted.duplicateOf(),
                    accepted.notifications(),
                    null);
        }

        static Result of(int index, Problem problem) {
            return new Result(index, null, null, null, null, null, problem);
        }
    }
}
