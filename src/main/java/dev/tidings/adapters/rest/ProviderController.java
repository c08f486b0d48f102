package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.delivery.DirectProviders;
import dev.tidings.application.delivery.ProviderChoices.Choice;
import dev.tidings.application.delivery.Roster;
import dev.tidings.application.delivery.Route;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/providers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.PROVIDERS)
final class ProviderController {

    private static final int HIGHEST_PRIORITY = 1_000_000;

    private final Roster roster;
    private final DirectProviders direct;
    private final VirtualThreads virtualThreads;

    ProviderController(Roster roster, DirectProviders direct, VirtualThreads virtualThreads) {
        this.roster = roster;
        this.direct = direct;
        this.virtualThreads = virtualThreads;
    }

    @GetMapping
    @Operation(
            operationId = "listProviders",
            summary = "See who carries messages, and how they are",
            description = "By channel. Circuits, and what is under way, are those of the node that answers; the rest"
                    + " holds for all.")
    @ApiResponse(responseCode = "200", description = "All that are configured.")
    Mono<ProviderList> list() {
        return Mono.fromSupplier(() ->
                new ProviderList(roster.routes().map(ProviderDetails::from).toList()));
    }

    @GetMapping("/{name}")
    @Operation(operationId = "getProvider", summary = "See how a provider is")
    @ApiResponse(responseCode = "200", description = "How it is.")
    @ApiResponse(responseCode = "404", description = "There is no such provider.", content = @Content)
    Mono<ProviderDetails> one(@PathVariable String name) {
        return Mono.fromSupplier(() ->
                roster.find(new ProviderName(name)).map(ProviderDetails::from).orElseThrow(() -> unknown(name)));
    }

    @PatchMapping("/{name}")
    @Operation(
            operationId = "directProvider",
            summary = "Switch a provider off or on, or weigh it",
            description =
                    "Goes before what is configured, and outlives a restart; all nodes follow within a second. What"
                            + " is left out stays. What it has in hand it still sends.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = DirectRequest.class),
                                            examples = {
                                                @ExampleObject(name = "Prefer it", value = Examples.WEIGH_PROVIDER),
                                                @ExampleObject(name = "Let it run dry", value = Examples.DRAIN_PROVIDER)
                                            })))
    @ApiResponse(responseCode = "200", description = "How it is now.")
    @ApiResponse(responseCode = "404", description = "There is no such provider.", content = @Content)
    Mono<ProviderDetails> direct(@PathVariable String name, @RequestBody JsonObject body) {
        Fields fields = new Fields();
        Choice choice = DirectRequest.from(body, fields).toChoice(fields);
        fields.check();
        return virtualThreads.call(() -> direct.choose(new ProviderName(name), choice)
                .map(ProviderDetails::from)
                .orElseThrow(() -> unknown(name)));
    }

    private static Refused unknown(String name) {
        return new Refused(ProblemType.UNKNOWN_PROVIDER, "There is no provider called " + name);
    }

    @Schema(description = "What shall be otherwise.")
    record DirectRequest(
            @Schema(
                    description =
                            "active: it is used. draining: it gets nothing but what is meant for it alone. inactive: it"
                                    + " gets nothing.",
                    allowableValues = {"active", "draining", "inactive"},
                    example = "draining")
            @Nullable String mode,

            @Schema(description = "The same in short: true is active, false inactive.", example = "true") @Nullable Boolean active,

            @Schema(
                    description = "Those with the lowest number are used first.",
                    minimum = "0",
                    maximum = "1000000",
                    example = "1")
            @Nullable Long priority,

            @Schema(
                    description =
                            "Among those of one priority, each gets messages in proportion to it. With 0 it gets only"
                                    + " what the others can't take.",
                    minimum = "0",
                    maximum = "1000",
                    example = "50")
            @Nullable Long weight) {

        private static final String MODE = "mode";

        static DirectRequest from(JsonObject body, Fields fields) {
            DirectRequest request = new DirectRequest(
                    body.text(MODE, fields),
                    body.yesOrNo("active", fields),
                    body.wholeNumber("priority", 0, HIGHEST_PRIORITY, fields),
                    body.wholeNumber("weight", 0, ProviderPolicy.MOST_WEIGHT, fields));
            body.nothingElse(fields);
            return request;
        }

        Choice toChoice(Fields fields) {
            return new Choice(whole(priority), whole(weight), chosenMode(fields));
        }

        private @Nullable Mode chosenMode(Fields fields) {
            Mode named = fields.optional(MODE, mode, Words.of(Mode.class));
            if (active == null) {
                return named;
            }
            if (named != null && active == (named == Mode.INACTIVE)) {
                fields.wrong(MODE, "must not contradict \"active\": send one of them");
            }
            return named == null ? (active ? Mode.ACTIVE : Mode.INACTIVE) : named;
        }

        private static @Nullable Integer whole(@Nullable Long number) {
            return number == null ? null : Math.toIntExact(number);
        }
    }

    @Schema(description = "Who carries messages.")
    record ProviderList(@Schema(description = "By channel.") List<ProviderDetails> items) {}

    @Schema(description = "One way out of the house, and how it is.")
    record ProviderDetails(
            @Schema(example = "smtp") String name,

            @Schema(
                    allowableValues = {"email", "sms", "whatsapp", "push"},
                    example = "email")
            String channel,

            @Schema(description = "Whether it reaches nobody: it is there to try things out.", example = "false")
            boolean sandbox,

            @Schema(
                    allowableValues = {"active", "draining", "inactive"},
                    example = "active")
            String mode,

            @Schema(example = "100") int priority,

            @Schema(example = "100") int weight,

            @Schema(description = "What the three before are unless somebody chooses otherwise.")
            ConfiguredPolicy configured,

            @Schema(
                    description =
                            "closed: messages flow. open: it fails, and none is let through. half_open: a single one"
                                    + " is let through, and decides.",
                    allowableValues = {"closed", "open", "half_open"},
                    example = "closed")
            String circuit,

            @Schema(description = "Since when it isn't closed.", example = "2026-01-31T12:00:00.000Z") @Nullable Instant openSince,

            @Schema(description = "In how many seconds one message is let through again.", example = "8") @Nullable Long triedInSeconds,

            @Schema(
                    description =
                            "How many messages all nodes together give to it in a second; absent: as many as it takes.",
                    example = "50")
            @Nullable Integer perSecond,

            @Schema(description = "The same for a day by UTC.", example = "100000") @Nullable Long perDay,

            @Schema(
                    description = "To phone numbers of which countries it sends; to all when empty.",
                    example = "[\"DE\"]")
            Set<String> countries,

            @Schema(description = "How many messages it is sending now.", example = "3")
            int underWay,

            @Schema(description = "How many it may send at the same time.", example = "8")
            int concurrency) {

        static ProviderDetails from(Route route) {
            ProviderPolicy policy = route.policy();
            Duration rest = route.circuitRest();
            return new ProviderDetails(
                    route.name().value(),
                    Words.of(route.provider().channel()),
                    route.provider().isSandbox(),
                    Words.of(policy.mode()),
                    policy.priority(),
                    policy.weight(),
                    ConfiguredPolicy.from(route.configured()),
                    Words.of(route.circuit()),
                    route.openSince().orElse(null),
                    rest.isZero() ? null : rest.plusMillis(999).toSeconds(),
                    policy.perSecond() == 0 ? null : policy.perSecond(),
                    policy.perDay() == 0 ? null : policy.perDay(),
                    new TreeSet<>(policy.countries()),
                    route.underWay(),
                    route.provider().concurrency());
        }
    }

    @Schema(description = "What is configured of it.")
    record ConfiguredPolicy(
            @Schema(
                    allowableValues = {"active", "draining", "inactive"},
                    example = "active")
            String mode,

            @Schema(example = "100") int priority,

            @Schema(example = "100") int weight) {

        static ConfiguredPolicy from(ProviderPolicy policy) {
            return new ConfiguredPolicy(Words.of(policy.mode()), policy.priority(), policy.weight());
        }
    }
}
