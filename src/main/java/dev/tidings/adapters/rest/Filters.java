package dev.tidings.adapters.rest;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters that every list takes. */
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
                        allowableValues = {
                            "scheduled",
                            "queued",
                            "retrying",
                            "held",
                            "sent",
                            "failed",
                            "suppressed",
                            "cancelled",
                            "expired"
                        }))
@Parameter(
        name = "service_id",
        in = ParameterIn.QUERY,
        description = "Only what this service asked for.",
        schema = @Schema(type = "string", example = "default"))
@Parameter(
        name = "template",
        in = ParameterIn.QUERY,
        description = "Only what was rendered from this template.",
        schema = @Schema(type = "string", example = "password_reset"))
@Parameter(
        name = "provider",
        in = ParameterIn.QUERY,
        description = "Only what this provider was tried with last.",
        schema = @Schema(type = "string", example = "smtp"))
@Parameter(
        name = "outcome",
        in = ParameterIn.QUERY,
        description = "Only what may have arrived without anybody knowing.",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"unknown"},
                        example = "unknown"))
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
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Filters {}
