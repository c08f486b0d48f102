package dev.tidings.adapters.rest;

import dev.tidings.adapters.rest.NotificationDetails.Links;
import dev.tidings.application.acceptance.Receipt;
import dev.tidings.application.acceptance.SendByChannels.Dispatched;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(description = "The notification is Tidings' responsibility now.")
record Accepted(
        @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
        String notificationId,

        @Schema(
                description = "queued; scheduled when it goes out later; suppressed when it will not be sent.",
                allowableValues = {"queued", "scheduled", "suppressed"},
                example = "queued")
        String status,

        @Schema(description = "Present, and true, when the same request had been accepted before.", example = "true")
        @Nullable Boolean duplicate,

        @Schema(
                description = "Present when it is suppressed as a copy: the notification that it is a copy of.",
                example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
        @Nullable String duplicateOf,

        @Schema(description = SEVERAL) @Nullable List<One> notifications,

        Links links) {

    static final String SEVERAL =
            "Present when the request led to several notifications: all of them, the first one included.";

    @Schema(description = "One of several notifications that a request led to.")
    record One(
            @Schema(example = "0192f0c4-7d1e-7cc3-9d1b-0f6a4f5e2b3c")
            String notificationId,

            @Schema(example = "push") String channel,

            @Schema(
                    allowableValues = {"queued", "scheduled", "suppressed"},
                    example = "queued")
            String status) {}

    static Accepted from(List<Dispatched> dispatched) {
        Receipt receipt = dispatched.getFirst().receipt();
        return new Accepted(
                receipt.notificationId().toString(),
                Words.of(receipt.status()),
                receipt.repeated() ? true : null,
                receipt.duplicateOf() == null ? null : receipt.duplicateOf().toString(),
                dispatched.size() == 1
                        ? null
                        : dispatched.stream()
                                .map(each -> new One(
                                        each.receipt().notificationId().toString(),
                                        Words.of(each.channel()),
                                        Words.of(each.receipt().status())))
                                .toList(),
                Links.to(receipt.notificationId()));
    }
}
