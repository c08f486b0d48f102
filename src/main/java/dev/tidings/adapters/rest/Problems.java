package dev.tidings.adapters.rest;

import dev.tidings.adapters.rest.Problem.WrongField;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.InvalidInput.FieldError;
import dev.tidings.application.acceptance.IntakePaused;
import dev.tidings.application.acceptance.MessageIdReused;
import dev.tidings.application.commit.Outages;
import dev.tidings.application.commit.Thrown;
import dev.tidings.domain.notification.NotificationRefused;
import dev.tidings.domain.preferences.PreferencesRefused;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Turns whatever was thrown into a problem (RFC 9457). Nothing else makes one. */
@Component
@Order(Problems.BEFORE_SPRING_BOOT)
final class Problems implements WebExceptionHandler {

    static final int BEFORE_SPRING_BOOT = -2;

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MOST_ERRORS = 100;

    private final Outages outages;
    private final WireJson json;
    private final ContextSnapshotFactory contexts =
            ContextSnapshotFactory.builder().build();

    Problems(Outages outages, WireJson json) {
        this.outages = outages;
        this.json = json;
    }

    private record Answer(ProblemType type, String detail, List<FieldError> errors, HttpHeaders headers) {

        Answer(ProblemType type, String detail) {
            this(type, detail, new HttpHeaders());
        }

        Answer(ProblemType type, String detail, HttpHeaders headers) {
            this(type, detail, List.of(), headers);
        }
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        if (exchange.getResponse().isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            return Mono.error(thrown);
        }
        Throwable cause = Thrown.cause(thrown);
        Answer answer = answerTo(cause, exchange.getRequest());
        return Mono.deferContextual(context -> {
            try (var _ = contexts.setThreadLocalsFrom(context)) {
                log(answer.type(), cause, Correlation.id(exchange));
            }
            return write(answer, exchange);
        });
    }

    /** The problem of a part of a request, of which the others may be well. */
    Problem about(Throwable thrown, String instance, String correlationId) {
        Throwable cause = Thrown.cause(thrown);
        Answer answer = answerTo(cause);
        log(answer.type(), cause, correlationId);
        return problem(answer, instance, correlationId);
    }

    private Answer answerTo(Throwable thrown, ServerHttpRequest request) {
        return switch (thrown) {
            case ServerWebInputException _ ->
                new Answer(ProblemType.MALFORMED_JSON, "The body is missing: send a JSON object");
            case ErrorResponseException e -> ofSpring(e, request);
            case Throwable e -> answerTo(e);
        };
    }

    private Answer answerTo(Throwable thrown) {
        return switch (thrown) {
            case Refused e -> new Answer(e.type(), e.detail(), e.headers());
            case InvalidInput e -> invalid(e.errors());
            case PreferencesRefused e -> refused(e);
            case NotificationRefused e -> refused(e);
            case MessageIdReused e ->
                new Answer(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "The key " + e.messageId()
                                + " was used for another request: repeat that one as it was, or use a" + " new key");
            case IntakePaused e -> unavailable(String.valueOf(e.getMessage()), e.retryAfter());
            case RejectedExecutionException _ -> unavailable("Tidings is shutting down");
            case Throwable e when outages.isOutage(e) -> unavailable("A part that Tidings needs is down");
            case Throwable _ -> internalError();
        };
    }

    private static Answer invalid(List<FieldError> errors) {
        List<FieldError> firstOfEachField = List.copyOf(errors.stream()
                .collect(Collectors.toMap(FieldError::field, error -> error, (first, _) -> first, LinkedHashMap::new))
                .values());
        List<FieldError> told = firstOfEachField.stream().limit(MOST_ERRORS).toList();
        int more = firstOfEachField.size() - told.size();
        return new Answer(
                ProblemType.INVALID_INPUT,
                new InvalidInput(told).getMessage() + (more > 0 ? "; and " + more + " more" : ""),
                told,
                new HttpHeaders());
    }

    private static Answer refused(PreferencesRefused e) {
        return switch (e.reason()) {
            case UNKNOWN_TYPE -> invalid(wrong(e, "is no known type"));
            case NOT_SWITCHABLE -> invalid(wrong(e, "can't be switched off: leave it out, or true"));
            case ALREADY_CREATED ->
                new Answer(
                        ProblemType.PREFERENCES_ALREADY_CREATED,
                        "This userid has preferences, with other choices: change them with"
                                + " PUT /notifications/preferences/{userid}");
            case NEVER_CREATED ->
                new Answer(
                        ProblemType.PREFERENCES_NEVER_CREATED,
                        "This userid has no preferences: create them with POST /notifications/preferences");
        };
    }

    private static Answer refused(NotificationRefused e) {
        String notification = "/notifications/" + e.notificationId();
        String detail = switch (e.reason()) {
            case NEVER_REQUESTED -> "There is no notification with the id " + e.notificationId();
            case ON_ITS_WAY ->
                "A worker is sending it at this moment: GET " + notification + " says in a moment what became of it";
            case MAY_HAVE_ARRIVED ->
                "Nobody knows whether an earlier attempt arrived: say so first with POST " + notification + "/resolve";
            case ALREADY_SENT -> "A provider has accepted it, and that can't be taken back";
            case ALREADY_ENDED ->
                "It has failed, or was suppressed, cancelled or expired: GET " + notification
                        + " says which; only what has failed can be redriven";
            case ALREADY_TRIED -> "An attempt was made: the next one comes by itself, or it can be cancelled";
            case EXPIRED -> "Its expires_at comes before the time at which it would be sent";
            case NOT_ENDED ->
                "It is still being tried, or held for somebody to resolve; only what has failed" + " can be redriven";
            case NOTHING_UNKNOWN -> "The outcome of every attempt is known: there is nothing to resolve";
        };
        return new Answer(ProblemType.of(e.reason()), detail);
    }

    private static List<FieldError> wrong(PreferencesRefused e, String problem) {
        return e.types().stream()
                .map(type -> new FieldError("preferences." + type, problem))
                .toList();
    }

    private static Answer ofSpring(ErrorResponseException e, ServerHttpRequest request) {
        return switch (e.getStatusCode().value()) {
            case 404 -> new Answer(ProblemType.NOT_FOUND, "There is nothing at " + path(request));
            case 405 ->
                new Answer(
                        ProblemType.METHOD_NOT_ALLOWED,
                        request.getMethod() + " can't be used here, only " + allowed(e),
                        e.getHeaders());
            case 406 -> new Answer(ProblemType.NOT_ACCEPTABLE, "The answer can only be given as application/json");
            case 413 -> new Answer(ProblemType.TOO_LARGE, "The body has more than " + largestMib(request) + " MiB");
            case 415 ->
                new Answer(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "The body came as " + contentType(request) + ": send JSON in UTF-8 as application/json",
                        e.getHeaders());
            case 503 -> unavailable("Tidings can't do this for now");
            default ->
                e.getStatusCode().is4xxClientError()
                        ? new Answer(
                                ProblemType.BAD_REQUEST,
                                String.valueOf(e.getBody().getDetail()))
                        : internalError();
        };
    }

    private static int largestMib(ServerHttpRequest request) {
        return path(request).equals(SendController.BATCH) ? BatchBody.LARGEST_MIB : 1;
    }

    private static String allowed(ErrorResponseException e) {
        return e.getHeaders().getAllow().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    }

    private static String contentType(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return given == null ? "something that no Content-Type names" : given;
    }

    private static Answer unavailable(String detail) {
        return unavailable(detail, RETRY_AFTER);
    }

    private static Answer unavailable(String detail, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        return new Answer(ProblemType.UNAVAILABLE, detail + ": try again in " + seconds + " seconds", headers);
    }

    private static Answer internalError() {
        return new Answer(ProblemType.INTERNAL_ERROR, "The log has the reason under this correlation id");
    }

    /** Who is turned away for want of room is counted, not logged: that would be one more flood. */
    private static void log(ProblemType type, Throwable thrown, String correlationId) {
        if (!type.status().is5xxServerError() || type == ProblemType.TOO_BUSY) {
            return;
        }
        try (var _ = MDC.putCloseable(Correlation.KEY, correlationId)) {
            if (type == ProblemType.UNAVAILABLE) {
                LOG.warn("Turned a request away: {}", thrown.toString());
            } else {
                LOG.error("Could not answer a request", thrown);
            }
        }
    }

    private Mono<Void> write(Answer answer, ServerWebExchange exchange) {
        Problem problem = problem(answer, path(exchange.getRequest()), Correlation.id(exchange));
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(answer.type().status());
        response.getHeaders().putAll(answer.headers());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json.bytes(problem))));
    }

    private static Problem problem(Answer answer, String instance, String correlationId) {
        return new Problem(
                answer.type().uri(),
                answer.type().title(),
                answer.type().status().value(),
                answer.detail(),
                instance,
                answer.errors().stream().map(WrongField::from).toList(),
                correlationId);
    }

    private static String path(ServerHttpRequest request) {
        return request.getPath().value();
    }
}
