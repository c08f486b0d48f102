package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.application.contact.ManageContactPoints;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/users/{userid}/contact-points", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.CONTACT_POINTS)
final class ContactPointController {

    private final ManageContactPoints manage;
    private final VirtualThreads virtualThreads;

    ContactPointController(ManageContactPoints manage, VirtualThreads virtualThreads) {
        this.manage = manage;
        this.virtualThreads = virtualThreads;
    }

    @GetMapping
    @Operation(
            operationId = "listContactPoints",
            summary = "See where a person is reached",
            description = "The latest first.")
    @ApiResponse(responseCode = "200", description = "All there are; none for a person that nobody knows.")
    Mono<ContactPointList> list(@PathVariable String userid) {
        UserId userId = user(userid, new Fields());
        return virtualThreads.call(() -> ContactPointList.from(manage.of(userId)));
    }

    @PostMapping
    @Operation(
            operationId = "registerContactPoint",
            summary = "Say where a person is reached",
            description =
                    "Of email, sms and whatsapp a person has one address each, and a new one takes the place of the"
                            + " old one; of push, as many as there are devices and browsers. 50 in all. Registering one again"
                            + " changes nothing. One that was found gone is taken off the suppression list: it is there again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = RegisterRequest.class),
                                            examples = {
                                                @ExampleObject(name = "A phone", value = Examples.REGISTER_PHONE),
                                                @ExampleObject(name = "An app", value = Examples.REGISTER_DEVICE),
                                                @ExampleObject(name = "A browser", value = Examples.REGISTER_BROWSER)
                                            })))
    @ApiResponse(responseCode = "201", description = "It is registered.")
    @ApiResponse(responseCode = "200", description = "It was registered already.")
    @ApiResponse(responseCode = "409", description = "The person has too many.", content = @Content)
    Mono<ResponseEntity<RegisteredPoint>> register(@PathVariable String userid, @RequestBody JsonObject body) {
        Fields fields = new Fields();
        Reach reach = GivenReach.from(body, fields);
        body.nothingElse(fields);
        UserId userId = user(userid, fields);
        return virtualThreads.call(() -> manage.register(userId, Objects.requireNonNull(reach))
                .map(registered -> ResponseEntity.status(registered.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(RegisteredPoint.from(registered.point())))
                .orElseThrow(() -> new Refused(
                        ProblemType.TOO_MANY_CONTACT_POINTS,
                        "A person may have " + ManageContactPoints.MOST
                                + " contact points, and this one has as many")));
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "deleteContactPoint",
            summary = "Reach a person there no longer",
            description = "The id is the one that the list has.")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "404", description = "The person has no such contact point.", content = @Content)
    Mono<ResponseEntity<Void>> delete(@PathVariable String userid, @PathVariable String id) {
        UserId userId = user(userid, new Fields());
        return virtualThreads.call(() -> {
            if (!manage.remove(userId, point -> idOf(point.reach()).equals(id))) {
                throw new Refused(
                        ProblemType.UNKNOWN_CONTACT_POINT, "This person has no contact point with the id " + id);
            }
            return ResponseEntity.noContent().build();
        });
    }

    private static UserId user(String given, Fields fields) {
        UserId userId = fields.required("userid", given, UserId::new);
        fields.check();
        return Objects.requireNonNull(userId);
    }

    /** Short, and safe in a path, however long the address: the first 128 bits of a SHA-256. */
    private static String idOf(Reach reach) {
        byte[] digest =
                sha256().digest((Words.of(reach.channel()) + " " + reach.address()).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Schema(description = "Where a person is reached.")
    record RegisterRequest(
            @Schema(
                    allowableValues = {"email", "sms", "whatsapp", "push"},
                    example = "sms")
            String channel,

            @Schema(
                    description = "An email address, a phone number (E.164), a registration token; or a subscription.",
                    example = "+4930123456")
            @Nullable String address,

            GivenReach.@Nullable Subscription subscription) {}

    @Schema(description = "Where a person is reached.")
    record ContactPointList(
            @Schema(description = "The latest first.") List<RegisteredPoint> items) {

        static ContactPointList from(List<ContactPoint> points) {
            return new ContactPointList(
                    points.stream().map(RegisteredPoint::from).toList());
        }
    }

    @Schema(description = "One way to reach a person.")
    record RegisteredPoint(
            @Schema(
                    description = "Names it among the person's; the same address has the same id.",
                    example = "b7LSBM5wXvDHPCtZxCVQfg")
            String id,

            @Schema(
                    allowableValues = {"email", "sms", "whatsapp", "push"},
                    example = "sms")
            String channel,

            @Schema(
                    description = "Of a browser: its endpoint and its two keys, with a space between.",
                    example = "+4930123456")
            String address,

            @Schema(example = "2026-01-31T12:00:00.000Z") Instant since) {

        static RegisteredPoint from(ContactPoint point) {
            return new RegisteredPoint(
                    idOf(point.reach()),
                    Words.of(point.reach().channel()),
                    point.reach().address().value(),
                    point.since());
        }
    }
}
