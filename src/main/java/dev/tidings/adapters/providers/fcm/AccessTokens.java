package dev.tidings.adapters.providers.fcm;

import dev.tidings.adapters.providers.http.Discretion;
import dev.tidings.adapters.providers.http.Form;
import dev.tidings.adapters.providers.http.HttpCaller;
import dev.tidings.adapters.providers.http.HttpResult;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.Broken;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.adapters.providers.http.HttpSettings;
import dev.tidings.adapters.providers.http.Json;
import dev.tidings.domain.notification.Failure;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The token that lets us in, renewed by one at a time, while others wait for it. */
final class AccessTokens {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Before its end a token is replaced. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** For so long nobody asks again after a failure: under load each message would. */
    private static final Duration RESPITE = Duration.ofSeconds(5);

    private final ServiceAccount account;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Grant last;

    sealed interface Grant {

        Instant goodUntil();

        record Given(String token, Instant goodUntil) implements Grant {}

        record Refused(Failure failure, Instant goodUntil) implements Grant {}
    }

    AccessTokens(ServiceAccount account, InstantSource clock) {
        this.account = account;
        this.clock = clock;
    }

    Grant current() {
        Grant known = last;
        if (known != null && isGood(known)) {
            return known;
        }
        renewing.lock();
        try {
            Grant meanwhile = last;
            if (meanwhile != null && isGood(meanwhile)) {
                return meanwhile;
            }
            Grant renewed = renewed();
            last = renewed;
            return renewed;
        } finally {
            renewing.unlock();
        }
    }

    private boolean isGood(Grant grant) {
        return clock.instant().isBefore(grant.goodUntil());
    }

    /** None or one. */
    List<String> known() {
        return last instanceof Grant.Given given ? List.of(given.token()) : List.of();
    }

    /** It was not taken, whatever its end. */
    void forget() {
        last = null;
    }

    private Grant renewed() {
        Instant now = clock.instant();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", GRANT);
        fields.put("assertion", account.assertion(now));
        HttpRequest request = HttpRequest.newBuilder(account.tokenUri())
                .header("Content-Type", Form.TYPE)
                .POST(BodyPublishers.ofString(Form.encoded(fields)))
                .build();
        return switch (asked(request)) {
            case NotSent notSent -> refused(notSent.failure(), now);
            case Broken broken -> refused(broken.failure(), now);
            case Answered answered -> read(answered, now);
        };
    }

    /** Once an hour: not worth a connection that is kept. */
    private static HttpResult asked(HttpRequest request) {
        try (HttpCaller caller = new HttpCaller(HttpSettings.USUAL, SSLContext.getDefault(), Version.HTTP_1_1)) {
            return caller.call(request);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Grant read(Answered answered, Instant now) {
        JsonNode body = Json.read(answered.body());
        String token = Json.text(body, "access_token");
        if (!answered.isSuccess() || token.isBlank()) {
            String words = Json.text(body, "error") + " " + Json.text(body, "error_description");
            return refused(
                    new Failure("token", "Google gives no token, " + answered.status() + ": " + tame(words)), now);
        }
        Duration life = Duration.ofSeconds(Math.clamp(body.path("expires_in").asLong(0), 0, 86_400));
        Duration used = life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life.dividedBy(2);
        return new Grant.Given(token, now.plus(used));
    }

    private static String tame(String words) {
        return Discretion.NOTHING_SECRET.about(words);
    }

    private static Grant refused(Failure failure, Instant now) {
        return new Grant.Refused(failure, now.plus(RESPITE));
    }
}
