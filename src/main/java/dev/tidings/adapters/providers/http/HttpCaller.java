package dev.tidings.adapters.providers.http;

import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.Broken;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.domain.notification.Failure;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Calls a provider, blocking the caller's virtual thread, over connections that are kept. Follows no redirect: it would
 * carry our credentials, and a person's address, to somewhere that nobody has configured.
 */
public final class HttpCaller implements AutoCloseable {

    /** Bytes; no provider says more that matters. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final HttpClient client;
    private final Duration timeout;

    public HttpCaller(HttpSettings settings, SSLContext trusted, Version version) {
        this.timeout = settings.timeout();
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(Redirect.NEVER)
                .sslContext(trusted)
                .version(version)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** What goes wrong is a result, not an exception. */
    public HttpResult call(HttpRequest request) {
        boolean hasBody = request.bodyPublisher().isPresent();
        WatchedBody body = new WatchedBody(request.bodyPublisher().orElseGet(BodyPublishers::noBody));
        HttpRequest watched = HttpRequest.newBuilder(request, (_, _) -> true)
                .method(request.method(), body)
                .build();
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(watched, bounded());
        try {
            return answered(coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true);
            return unanswered(body.callOff() && hasBody, new Failure("timeout", "no whole answer in time"));
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return unanswered(body.callOff() && hasBody, new Failure("interrupted", "given up while it was sent"));
        } catch (ExecutionException | CancellationException e) {
            boolean untouched = body.callOff() && hasBody;
            return unanswered(untouched || neverConnected(e), failureOf(e));
        }
    }

    /** The time-out of the client itself ends with the headers of an answer. */
    private static BodyHandler<byte[]> bounded() {
        return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER);
    }

    private static Answered answered(HttpResponse<byte[]> response) {
        return new Answered(
                response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static HttpResult unanswered(boolean nothingLeft, Failure failure) {
        return nothingLeft ? new NotSent(failure) : new Broken(failure);
    }

    private static boolean neverConnected(Throwable thrown) {
        return find(ConnectException.class, thrown).isPresent()
                || find(HttpConnectTimeoutException.class, thrown).isPresent()
                || find(SSLHandshakeException.class, thrown).isPresent();
    }

    private static Failure failureOf(Throwable thrown) {
        Optional<SSLException> tls = find(SSLException.class, thrown);
        if (tls.isPresent()) {
            return new Failure("tls", "no TLS with the provider: " + words(tls.get()));
        }
        if (find(HttpConnectTimeoutException.class, thrown).isPresent()) {
            return new Failure("timeout", "no connection in time");
        }
        if (find(UnresolvedAddressException.class, thrown).isPresent()) {
            return new Failure("unreachable", "the provider's name is not known");
        }
        if (find(ConnectException.class, thrown).isPresent()) {
            return new Failure("unreachable", "the provider can't be connected to");
        }
        return new Failure("broken", "the connection ended before a whole answer had come");
    }

    private static String words(Throwable thrown) {
        return Discretion.NOTHING_SECRET.about(thrown.getMessage() == null ? "" : thrown.getMessage());
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
