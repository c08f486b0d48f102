package dev.tidings.adapters.rest;

import dev.tidings.domain.notification.NotificationRefused;
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
    UNKNOWN_SUPPRESSION(
            HttpStatus.NOT_FOUND,
            "This address is not on the suppression list",
            "Nothing keeps messages from it. GET /suppressions lists the addresses that are."),
    UNKNOWN_CONTACT_POINT(
            HttpStatus.NOT_FOUND,
            "This person has no such contact point",
            "It was never registered, or it is gone: deleted, replaced by another, or found to reach nobody. GET"
                    + " /users/{userid}/contact-points lists those that there are."),
    UNKNOWN_PROVIDER(
            HttpStatus.NOT_FOUND,
            "There is no such provider",
            "None of this name is configured. GET /providers lists those that are."),
    TOO_MANY_CONTACT_POINTS(
            HttpStatus.CONFLICT,
            "This person has too many contact points",
            "Nothing was done. Delete those that are no longer used, then register this one again."),
    CALLBACK_REFUSED(
            HttpStatus.FORBIDDEN,
            "Nobody knows who has sent this",
            "Nothing was done: the callback doesn't prove that it comes from its provider, or is too old to be true, or"
                    + " no secret is configured to check it by. The counter tidings_callbacks_total says which."),
    CALLBACK_UNREADABLE(
            HttpStatus.BAD_REQUEST,
            "The callback makes no sense",
            "Nothing was done: it comes from its provider, and can't be read. \"detail\" says why."),
    PREFERENCES_NEVER_CREATED(
            HttpStatus.NOT_FOUND,
            "This person has no preferences yet",
            "They come to be with POST /notifications/preferences, or when the person registers. Until then everything"
                    + " is on."),
    PREFERENCES_ALREADY_CREATED(
            HttpStatus.CONFLICT,
            "This person has preferences already",
            "They were left as they are. Change them with PUT /notifications/preferences/{userid}."),
    UNKNOWN_RUN(
            HttpStatus.NOT_FOUND,
            "There is no such run",
            "No redrive has this id on this node since it was started. Only the node that carries a run out knows of it,"
                    + " and the last ones only. What it redrove has it in its timeline."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The idempotency key was used for another request",
            "Nothing was done. The same service has used this key for a request that said something else, not longer ago"
                    + " than keys are remembered (30 days, unless tidings.idempotency.keep says otherwise). Repeat that"
                    + " request as it was, or use a new key."),
    ALREADY_ON_ITS_WAY(
            HttpStatus.CONFLICT,
            "It is being sent at this moment",
            "Nothing was done: a worker has claimed it, and what a provider may have in hand can't be taken back. See in"
                    + " a moment what became of it, and ask again if it is tried again."),
    MAY_HAVE_ARRIVED(
            HttpStatus.CONFLICT,
            "It may have arrived",
            "Nothing was done: nobody knows the outcome of an earlier attempt. Find out, then say so with POST"
                    + " /notifications/{id}/resolve."),
    ALREADY_SENT(
            HttpStatus.CONFLICT,
            "It was sent already",
            "Nothing was done: a provider has accepted it, and that can't be taken back. To tell the person once more,"
                    + " send another notification."),
    ALREADY_ENDED(
            HttpStatus.CONFLICT,
            "It has ended already",
            "Nothing was done: it has failed, or was suppressed, cancelled or expired. What has failed can be tried"
                    + " afresh with POST /notifications/{id}/redrive; the others never will be sent."),
    ALREADY_TRIED(
            HttpStatus.CONFLICT,
            "It was tried already",
            "Nothing was done: only what was never tried can be sent at another time. The next attempt comes by itself;"
                    + " it can be taken back with POST /notifications/{id}/cancel."),
    ALREADY_EXPIRED(
            HttpStatus.CONFLICT,
            "It would be of no use any more",
            "Nothing was done: its expires_at comes before the time at which it would be sent. Choose an earlier time, or"
                    + " send another notification."),
    NOT_ENDED(
            HttpStatus.CONFLICT,
            "It is still being tried",
            "Nothing was done: only what has failed can be tried afresh. This one waits for its next attempt, or for"
                    + " somebody to resolve it."),
    NOTHING_UNKNOWN(
            HttpStatus.CONFLICT,
            "Nothing about it is unknown",
            "Nothing was done: the outcome of every attempt is known, so there is nothing to resolve."),
    REDRIVE_UNDER_WAY(
            HttpStatus.CONFLICT,
            "Another redrive is under way",
            "Nothing was done: a node carries out one run at a time. Wait for its end, then ask again."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "This method can't be used here",
            "The header \"Allow\" of the answer names the methods that can."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "The answer can't be given in this form",
            "The API answers in application/json: let the header \"Accept\" allow it."),
    TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "The body is too large",
            "Nothing was done. A body may have up to 1 MiB, that of POST /notifications/batch up to 16 MiB."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is of an unsupported type",
            "Nothing was done. Send JSON in UTF-8 and the header \"Content-Type: application/json\"."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong in Tidings",
            "It isn't your fault. The log has the reason under the correlation id of the answer."),
    TOO_BUSY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Tidings has too much in hand",
            "Nothing was done. Try again after the seconds that the header \"Retry-After\" names, and with fewer requests"
                    + " at a time. Many notifications are cheapest with POST /notifications/batch."),
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

    static ProblemType of(NotificationRefused.Reason reason) {
        return switch (reason) {
            case NEVER_REQUESTED -> UNKNOWN_NOTIFICATION;
            case ON_ITS_WAY -> ALREADY_ON_ITS_WAY;
            case MAY_HAVE_ARRIVED -> MAY_HAVE_ARRIVED;
            case ALREADY_SENT -> ALREADY_SENT;
            case ALREADY_ENDED -> ALREADY_ENDED;
            case ALREADY_TRIED -> ALREADY_TRIED;
            case EXPIRED -> ALREADY_EXPIRED;
            case NOT_ENDED -> NOT_ENDED;
            case NOTHING_UNKNOWN -> NOTHING_UNKNOWN;
        };
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
