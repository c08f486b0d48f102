package dev.tidings.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.application.Fields;
import dev.tidings.application.intervention.ManageSuppressions;
import dev.tidings.application.suppression.Suppressions;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.SuppressionReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = SuppressionController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.SUPPRESSIONS)
final class SuppressionController {

    static final String PATH = "/suppressions";

    private static final String REASON = "reason";

    private final Suppressions suppressions;
    private final ManageSuppressions manage;
    private final VirtualThreads virtualThreads;

    SuppressionController(Suppressions suppressions, ManageSuppressions manage, VirtualThreads virtualThreads) {
        this.suppressions = suppressions;
        this.manage = manage;
        this.virtualThreads = virtualThreads;
    }

    @GetMapping
    @Operation(
            operationId = "listSuppressions",
            summary = "See which addresses nothing is sent to any more",
            description = "By channel and address, in pages: \"next\" of one page is \"cursor\" of the next one. The"
                    + " header Link (RFC 8288) has the address of the next page.")
    @Parameter(
            name = "channel",
            in = ParameterIn.QUERY,
            description = "Only those of this channel.",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"email", "sms", "whatsapp", "push"},
                            example = "sms"))
    @Parameter(
            name = REASON,
            in = ParameterIn.QUERY,
            description = "Only those that are on the list for this.",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"bounced", "gone", "opted_out", "complained", "unsubscribed", "manual"},
                            example = "bounced"))
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
    @ApiResponse(responseCode = "200", description = "A page; empty when there are none.")
    Mono<ResponseEntity<SuppressionList>> list(ServerHttpRequest request) {
        QueryParameters given = new QueryParameters(request.getQueryParams());
        Fields fields = new Fields();
        Channel channel = given.optional("channel", fields, Words.of(Channel.class));
        SuppressionReason reason = given.optional(REASON, fields, Words.of(SuppressionReason.class));
        Reach after = given.optional("cursor", fields, SuppressionCursor::parse);
        int limit = Objects.requireNonNullElse(given.optional("limit", fields, Pages::limit), Pages.USUAL_LIMIT);
        given.nothingElse(fields);
        fields.check();
        return virtualThreads
                .call(() -> SuppressionList.of(suppressions.list(channel, reason, after, limit + 1), limit))
                .map(list -> Pages.answer(list, list.next(), request));
    }

    @PostMapping
    @Operation(
            operationId = "suppress",
            summary = "Send nothing more to an address",
            description = "What is sent there from now on is accepted, and suppressed. Who is on the list already stays"
                    + " as they are, unless the new reason stops everything and the old one doesn't.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = SuppressRequest.class),
                                            examples = @ExampleObject(value = Examples.SUPPRESS))))
    @ApiResponse(responseCode = "201", description = "It is on the list; Location tells where.")
    @ApiResponse(responseCode = "200", description = "It was on the list already.")
    Mono<ResponseEntity<SuppressedAddress>> suppress(@RequestBody JsonObject body) {
        Fields fields = new Fields();
        Reach reach = GivenReach.from(body, fields);
        SuppressionReason reason =
                fields.optional(REASON, body.text(REASON, fields), Words.of(SuppressionReason.class));
        body.nothingElse(fields);
        fields.check();
        return virtualThreads
                .call(() -> manage.put(
                        Objects.requireNonNull(reach), Objects.requireNonNullElse(reason, SuppressionReason.MANUAL)))
                .map(put -> (put.isNew()
                                ? ResponseEntity.created(address(put.now().reach()))
                                : ResponseEntity.ok())
                        .body(SuppressedAddress.from(put.now())));
    }

    private static URI address(Reach reach) {
        return URI.create(PATH + "/" + Words.of(reach.channel()) + "/"
                + UriUtils.encode(reach.address().value(), StandardCharsets.UTF_8));
    }

    @GetMapping("/{channel}/{address}")
    @Operation(
            operationId = "getSuppression",
            summary = "See whether nothing is sent to an address, and why",
            description = "The address is URL-encoded, as \"%2B4930123456\".")
    @ApiResponse(responseCode = "200", description = "It is on the list.")
    @ApiResponse(responseCode = "404", description = "It is not on the list.", content = @Content)
    Mono<SuppressedAddress> one(@PathVariable String channel, @PathVariable String address) {
        Reach reach = GivenReach.parse(channel, address);
        return virtualThreads.call(() -> manage.find(reach)
                .map(suppression -> SuppressedAddress.from(new Suppressed(reach, suppression)))
                .orElseThrow(() -> unknown(channel)));
    }

    @DeleteMapping("/{channel}/{address}")
    @Operation(
            operationId = "unsuppress",
            summary = "Send to an address again",
            description = "Takes it off the list, whatever it was on it for. The address is URL-encoded, as"
                    + " \"%2B4930123456\". Whoever was told to stop by a carrier is still kept from by the carrier.")
    @ApiResponse(responseCode = "204", description = "It is no longer on the list.", content = @Content)
    @ApiResponse(responseCode = "404", description = "It was not on the list.", content = @Content)
    Mono<ResponseEntity<Void>> unsuppress(@PathVariable String channel, @PathVariable String address) {
        Reach reach = GivenReach.parse(channel, address);
        return virtualThreads.call(() -> {
            if (!manage.remove(reach)) {
                throw unknown(channel);
            }
            return ResponseEntity.noContent().build();
        });
    }

    private static Refused unknown(String channel) {
        return new Refused(ProblemType.UNKNOWN_SUPPRESSION, "This address of " + channel + " is not on the list");
    }

    @Schema(description = "An address that nothing shall be sent to any more.")
    record SuppressRequest(
            @Schema(
                    allowableValues = {"email", "sms", "whatsapp", "push"},
                    example = "sms")
            String channel,

            @Schema(
                    description = "An email address, a phone number (E.164), a registration token; or a subscription.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    example = "+4930123456")
            @Nullable String address,

            GivenReach.@Nullable Subscription subscription,

            @Schema(
                    allowableValues = {"bounced", "gone", "opted_out", "complained", "unsubscribed", "manual"},
                    defaultValue = "manual",
                    example = "opted_out")
            @Nullable String reason) {}

    @Schema(description = "A page of the addresses that nothing is sent to any more.")
    record SuppressionList(
            List<SuppressedAddress> items,

            @JsonInclude
            @Schema(
                    types = {"string", "null"},
                    description = "The cursor of the next page; null on the last one.",
                    example = "c21zICs0OTMwMTIzNDU2")
            @Nullable String next) {

        /** @param found one more than asked for, if there are more */
        static SuppressionList of(List<Suppressed> found, int limit) {
            List<Suppressed> page = found.subList(0, Math.min(limit, found.size()));
            return new SuppressionList(
                    page.stream().map(SuppressedAddress::from).toList(),
                    found.size() > limit
                            ? SuppressionCursor.after(page.getLast().reach())
                            : null);
        }
    }

    @Schema(description = "An address that nothing is sent to any more.")
    record SuppressedAddress(
            @Schema(
                    allowableValues = {"email", "sms", "whatsapp", "push"},
                    example = "sms")
            String channel,

            @Schema(
                    description = "Of a browser: its endpoint and its two keys, with a space between.",
                    example = "+4930123456")
            String address,

            @Schema(
                    description = "bounced: there is no such address. gone: the device or browser has unsubscribed."
                            + " opted_out: the person told the carrier to stop. complained: the person called a message"
                            + " spam. unsubscribed: from what may be switched off. manual: somebody here put it there."
                            + " complained and unsubscribed stop only what may be switched off.",
                    allowableValues = {"bounced", "gone", "opted_out", "complained", "unsubscribed", "manual"},
                    example = "opted_out")
            String reason,

            @Schema(description = "Who found out: a provider's name, or api.", example = "api")
            String source,

            @Schema(example = "2026-01-31T12:00:00.000Z") Instant since) {

        static SuppressedAddress from(Suppressed suppressed) {
            return new SuppressedAddress(
                    Words.of(suppressed.reach().channel()),
                    suppressed.reach().address().value(),
                    Words.of(suppressed.suppression().reason()),
                    suppressed.suppression().source(),
                    suppressed.suppression().since());
        }
    }
}
