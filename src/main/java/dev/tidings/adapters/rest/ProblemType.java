package dev.tidings.adapters.rest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** The kinds of problem a caller may meet. Their slugs are public and never change. */
enum ProblemType {
    INVALID_INPUT(
            HttpStatus.BAD_REQUEST,
            "Some fields can't be used",
            "Nothing was done. \"errors\" names every field that is missing, unknown or wrong, and says what would be"
                    + " right. Put them right and send the request again."),
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "The body is not a JSON object",
            "Nothing was done. The body has to be one JSON object (RFC 8259) in UTF-8, without repeated names and not"
                    + " nested too deep. \"detail\" says where reading it failed."),
    BAD_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request can't be understood",
            "Nothing was done. \"detail\" says what is wrong."),
    UNAUTHORIZED(
            HttpStatus.UNAUTHORIZED,
            "A valid token is needed",
            "Send the header \"Authorization: Bearer <token>\" with the token that this Tidings was started with"
                    + " (TIDINGS_TOKEN)."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "There is nothing at this address",
            "The path is not one of the API. /documentation lists all that are."),
    UNKNOWN_NOTIFICATION(
            HttpStatus.NOT_FOUND,
            "There is no such notification",
            "No notification has this id. Ids are given by POST /notifications/send and by the history of a person."),
    UNKNOWN_PARKED_MESSAGE(
            HttpStatus.NOT_FOUND,
            "There is no such parked message",
            "It is not parked, or no longer: it was tried again, or deleted. GET /parked lists those that are. A"
                    + " message that is parked again has another id."),
    PREFERENCES_NEVER_CREATED(
            HttpStatus.NOT_FOUND,
            "This person has no preferences yet",
            "They come to be with POST /notifications/preferences, or when the person registers. Until then everything"
                    + " is on."),
    PREFERENCES_ALREADY_CREATED(
            HttpStatus.CONFLICT,
            "This person has preferences already",
            "They were left as they are. Change them with PUT /notifications/preferences/{userid}."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "This method can't be used here",
            "The header \"Allow\" of the answer names the methods that can."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "The answer can't be given in this form",
            "The API answers in application/json: let the header \"Accept\" allow it."),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "Nothing was done. A body may have up to 1 MiB."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is of an unsupported type",
            "Nothing was done. Send JSON in UTF-8 and the header \"Content-Type: application/json\"."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong in Tidings",
            "It isn't your fault. The log has the reason under the correlation id of the answer."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Tidings can't do this for now",
            "A part that it needs is down, too much waits for delivery already, or it is shutting down. Try again after the seconds that the header"
                    + " \"Retry-After\" names.");

    private static final String PREFIX = "/problems/";

    private final HttpStatus status;
    private final String title;
    private final String explanation;

    ProblemType(HttpStatus status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    static Optional<ProblemType> bySlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findAny();
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String explanation() {
        return explanation;
    }

    String uri() {
        return PREFIX + slug();
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
