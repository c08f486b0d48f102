package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.application.preferences.ManagePreferences;
import dev.tidings.application.preferences.PreferencesLog;
import dev.tidings.application.preferences.PreferencesReads;
import dev.tidings.application.preferences.PreferencesReads.Found;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.preferences.PreferencesRefused;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/notifications/preferences", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ApiDocument.PREFERENCES)
final class PreferencesController {

    private final ManagePreferences manage;
    private final PreferencesLog log;
    private final PreferencesReads reads;
    private final PreferenceChoices choices;
    private final VirtualThreads virtualThreads;

    PreferencesController(
            ManagePreferences manage,
            PreferencesLog log,
            PreferencesReads reads,
            PreferenceChoices choices,
            VirtualThreads virtualThreads) {
        this.manage = manage;
        this.log = log;
        this.reads = reads;
        this.choices = choices;
        this.virtualThreads = virtualThreads;
    }

    @PostMapping
    @Operation(
            operationId = "createPreferences",
            summary = "Create a person's preferences",
            description = "Types left out are on. Doing it again with the same choices changes nothing.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = CreateRequest.class),
                                            examples = @ExampleObject(value = Examples.CREATE_PREFERENCES))))
    @ApiResponse(responseCode = "201", description = "Created; Location tells where they are.")
    @ApiResponse(responseCode = "409", description = "There are some already, with other choices.", content = @Content)
    Mono<ResponseEntity<Preferences>> create(@RequestBody JsonObject body, RequestContext context) {
        return virtualThreads
                .call(() -> created(body, context))
                .map(preferences -> ResponseEntity.created(address(preferences)).body(preferences));
    }

    private Preferences created(JsonObject body, RequestContext context) {
        Fields fields = new Fields();
        CreateRequest request = CreateRequest.from(body, fields);
        UserId userId = fields.optional("userid", request.userid(), UserId::new);
        EmailAddress email = fields.required("notification_email", request.notificationEmail(), EmailAddress::new);
        Map<NotificationType, Boolean> chosen = choices.from(request.preferences(), fields);
        fields.check();
        UserId known = userId == null ? somebodyNew() : userId;
        manage.create(known, email, chosen, context);
        return preferences(known, written(known), email == null ? null : email.value());
    }

    private static UserId somebodyNew() {
        return new UserId(UUID.randomUUID().toString().replace("-", ""));
    }

    private static URI address(Preferences preferences) {
        return URI.create(
                "/notifications/preferences/" + UriUtils.encode(preferences.userid(), StandardCharsets.UTF_8));
    }

    @PutMapping("/{userid}")
    @Operation(
            operationId = "changePreferences",
            summary = "Change a person's preferences",
            description = "Types and an address left out keep their value.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = ChangeRequest.class),
                                            examples = @ExampleObject(value = Examples.CHANGE_PREFERENCES))))
    @ApiResponse(responseCode = "200", description = "How they are now.")
    @ApiResponse(responseCode = "404", description = "There are none to change.", content = @Content)
    Mono<Preferences> change(@PathVariable String userid, @RequestBody JsonObject body, RequestContext context) {
        return virtualThreads.call(() -> changed(userid, body, context));
    }

    private Preferences changed(String userid, JsonObject body, RequestContext context) {
        Fields fields = new Fields();
        ChangeRequest request = ChangeRequest.from(body, fields);
        UserId userId = fields.required("userid", userid, UserId::new);
        EmailAddress email = fields.optional("notification_email", request.notificationEmail(), EmailAddress::new);
        Map<NotificationType, Boolean> chosen = choices.from(request.preferences(), fields);
        fields.check();
        UserId known = Objects.requireNonNull(userId);
        manage.change(known, email, chosen, context);
        return preferences(known, written(known), email == null ? storedEmail(known) : email.value());
    }

    /** What was written a moment ago, which the standby may not have heard of yet. */
    private NotificationPreferences written(UserId userId) {
        PreferencesId id = new PreferencesId(userId);
        return Objects.requireNonNull(log.find(List.of(id)).get(id));
    }

    private @Nullable String storedEmail(UserId userId) {
        return reads.find(userId).toCompletableFuture().join().map(Found::email).orElse(null);
    }

    @GetMapping("/{userid}")
    @Operation(
            operationId = "getPreferences",
            summary = "See a person's preferences",
            description = "For every type: whether the person will be told.")
    @ApiResponse(responseCode = "200", description = "How they are.")
    @ApiResponse(responseCode = "404", description = "There are none.", content = @Content)
    Mono<Preferences> find(@PathVariable String userid) {
        Fields fields = new Fields();
        UserId parsed = fields.required("userid", userid, UserId::new);
        fields.check();
        UserId userId = Objects.requireNonNull(parsed);
        return Mono.fromCompletionStage(() -> reads.find(userId))
                .flatMap(Mono::justOrEmpty)
                .filter(found -> found.preferences() instanceof NotificationPreferences.Chosen)
                .map(found -> preferences(userId, found.preferences(), found.email()))
                .switchIfEmpty(
                        Mono.error(() -> new PreferencesRefused(PreferencesRefused.Reason.NEVER_CREATED, List.of())));
    }

    private Preferences preferences(UserId userId, NotificationPreferences preferences, @Nullable String email) {
        return new Preferences(userId.value(), email, choices.effective(preferences), choices.switchable());
    }

    @Schema(description = "A person's first preferences.")
    record CreateRequest(
            @Schema(
                    description = "The person, as the caller knows them; one is made when absent.",
                    maxLength = 128,
                    example = "a1b2c3d4e5f6789012345678901234ab")
            @Nullable String userid,

            @Schema(
                    description = "Where to reach them.",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    format = "email",
                    maxLength = 254,
                    example = "ada@example.org")
            @Nullable String notificationEmail,

            @Schema(
                    description = "On or off, by type of notification.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    example = "{\"welcome\": true, \"marketing\": false}")
            Map<String, Boolean> preferences) {

        static CreateRequest from(JsonObject body, Fields fields) {
            CreateRequest request = new CreateRequest(
                    body.text("userid", fields),
                    body.text("notification_email", fields),
                    body.switches(PreferenceChoices.FIELD, fields));
            body.nothingElse(fields);
            return request;
        }
    }

    @Schema(description = "What shall be otherwise.")
    record ChangeRequest(
            @Schema(
                    description = "Where to reach them from now on.",
                    format = "email",
                    maxLength = 254,
                    example = "ada@example.org")
            @Nullable String notificationEmail,

            @Schema(
                    description = "On or off, by type of notification.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    example = "{\"marketing\": true}")
            Map<String, Boolean> preferences) {

        static ChangeRequest from(JsonObject body, Fields fields) {
            ChangeRequest request = new ChangeRequest(
                    body.text("notification_email", fields), body.switches(PreferenceChoices.FIELD, fields));
            body.nothingElse(fields);
            return request;
        }
    }

    @Schema(description = "What a person wants to be told about.")
    record Preferences(
            @Schema(example = "a1b2c3d4e5f6789012345678901234ab")
            String userid,

            @Schema(description = "Absent when it isn't known.", example = "ada@example.org") @Nullable String notificationEmail,

            @Schema(
                    description = "For every type of notification whether the person will be told.",
                    example = "{\"password_reset\": true, \"welcome\": true, \"marketing\": false}")
            Map<String, Boolean> preferences,

            @Schema(description = "The types that may be switched off.", example = "[\"marketing\", \"welcome\"]")
            List<String> switchable) {}
}
