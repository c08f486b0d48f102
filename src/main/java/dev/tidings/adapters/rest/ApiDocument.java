package dev.tidings.adapters.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.tidings.application.notification.RequestContext;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.HandlerMethod;

/** What the OpenAPI document says beyond what the controllers say themselves. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    static final String NOTIFICATIONS = "Notifications";
    static final String PREFERENCES = "Preferences";
    static final String LEDGER = "Ledger";
    static final String PARKED = "Parked messages";
    static final String CONTACT_POINTS = "Contact points";
    static final String SUPPRESSIONS = "Suppressions";
    static final String PROVIDERS = "Providers";

    private static final String TOKEN = "token";
    private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    private static final String DESCRIPTION = """
            Reaches people on behalf of an organisation's other services, and can always say what happened and why.

            Answers are JSON; times are UTC. Whatever goes wrong is told as `application/problem+json` (RFC 9457), \
            with all the fields that can't be used at once. Every answer has an `X-Correlation-ID`, the caller's own \
            if it sent one.""";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(RequestContext.class, IdempotencyKey.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Tidings")
                        .version("1")
                        .description(DESCRIPTION)
                        .license(new License().name("MIT").identifier("MIT")))
                .addServersItem(new Server().url("/"))
                .addTagsItem(new Tag().name(NOTIFICATIONS).description("Send them, and see what became of them."))
                .addTagsItem(new Tag().name(PREFERENCES).description("What a person wants to be told about."))
                .addTagsItem(new Tag().name(LEDGER).description("Whether the books balance, and mending the views."))
                .addTagsItem(new Tag()
                        .name(PARKED)
                        .description("Messages from the broker that could not be processed: see why, try them again."))
                .addTagsItem(new Tag().name(CONTACT_POINTS).description("Where a person is reached."))
                .addTagsItem(new Tag()
                        .name(SUPPRESSIONS)
                        .description("Addresses that nothing is sent to any more, and why."))
                .addTagsItem(new Tag()
                        .name(PROVIDERS)
                        .description("Who carries messages out of the house, how they are, and how much they get."))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The token that Tidings was started with (TIDINGS_TOKEN). Not"
                                                + " needed when it was started without one.")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    /** Properties are spelled as {@link WireJson} spells them. Asked last, because it asks nobody else. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(
                        mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }

    @Bean
    OpenApiCustomizer problemSchemas() {
        return document -> ModelConverters.getInstance(true)
                .readAll(new AnnotatedType(Problem.class).resolveAsRef(true))
                .forEach(document.getComponents()::addSchemas);
    }

    @Bean
    OperationCustomizer everyOperation() {
        return (operation, method) -> {
            if (method.getBeanType().getPackage() == ApiDocument.class.getPackage()) {
                addHeaders(operation, takes(method, RequestContext.class));
                if (takes(method, IdempotencyKey.class)) {
                    operation.addParametersItem(idempotencyKey());
                }
                addProblems(operation);
            }
            return operation;
        };
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static Parameter idempotencyKey() {
        return header(
                        IdempotencyKeys.HEADER,
                        "Under which the request may be repeated: a repetition gets the first one's id and status,"
                                + " another request under the same key of the same service is refused (422). Printable"
                                + " characters of ASCII. Remembered for 30 days (tidings.idempotency.keep). "
                                + IdempotencyKeys.OLDER_HEADER + " is another name for it.")
                .schema(new StringSchema().minLength(1).maxLength(IdempotencyKey.LONGEST));
    }

    private static void addHeaders(Operation operation, boolean hasContext) {
        if (hasContext) {
            operation.addParametersItem(header(RequestContexts.SERVICE_ID, "The calling service.")
                    .schema(new StringSchema()._default("default").maxLength(64)));
            operation.addParametersItem(header(RequestContexts.TRACEPARENT, "The caller's span (W3C Trace Context).")
                    .schema(new StringSchema()));
        }
        operation.addParametersItem(header(Correlation.HEADER, "Comes back in the answer, and is found in the logs.")
                .schema(new StringSchema().maxLength(128)));
        operation
                .getResponses()
                .values()
                .forEach(response -> response.addHeaderObject(
                        Correlation.HEADER,
                        new Header()
                                .description("Finds the request in the logs.")
                                .schema(new StringSchema())));
    }

    private static Parameter header(String name, String description) {
        return new HeaderParameter().name(name).description(description).required(false);
    }

    private static void addProblems(Operation operation) {
        ApiResponses responses = operation.getResponses();
        Stream<ProblemType> bodies = operation.getRequestBody() == null
                ? Stream.of()
                : Stream.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        Stream.concat(
                        Stream.of(
                                ProblemType.INVALID_INPUT,
                                ProblemType.UNAUTHORIZED,
                                ProblemType.INTERNAL_ERROR,
                                ProblemType.UNAVAILABLE),
                        bodies)
                .forEach(type -> responses.computeIfAbsent(
                        String.valueOf(type.status().value()), _ -> new ApiResponse().description(type.title() + ".")));
        responses.forEach((status, response) -> {
            if (!status.startsWith("2")) {
                response.setContent(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
            }
        });
    }
}
