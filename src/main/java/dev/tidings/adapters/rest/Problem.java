package dev.tidings.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.application.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(description = "Why the request was not answered as asked (RFC 9457).")
record Problem(
        @Schema(
                description = "What kind of problem it is; never changes. GET it for an explanation.",
                example = "/problems/invalid-input")
        String type,

        @Schema(description = "The kind of problem in words.", example = "Some fields can't be used")
        String title,

        @Schema(description = "The HTTP status.", example = "400")
        int status,

        @Schema(
                description = "What was wrong this time.",
                example = "recipient_email must be an email address such as ada@example.org")
        String detail,

        @Schema(description = "The path that was asked for.", example = "/notifications/send")
        String instance,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description = "Every field that can't be used; absent when it isn't about fields.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<WrongField> errors,

        @Schema(
                description = "Finds the request in the logs; also in the header X-Correlation-ID.",
                example = "0f8b7c1e-9d0c-4f5e-8a53-1d9b5d6f7a10")
        String correlationId) {

    @Schema(description = "A field that can't be used as it is.")
    record WrongField(
            @Schema(
                    description = "The field as the caller spells it, with dots for what lies inside.",
                    example = "recipient_email")
            String field,

            @Schema(
                    description = "What is wrong with it, or what would be right.",
                    example = "must be an email address such as ada@example.org")
            String problem) {

        static WrongField from(InvalidInput.FieldError error) {
            return new WrongField(error.field(), error.problem());
        }
    }
}
