package dev.tidings.adapters.providers.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request's body that knows whether any of it was taken. The client takes it once the connection stands, TLS included,
 * so a call whose body was never taken can't have had an effect.
 */
final class WatchedBody implements BodyPublisher {

    private enum State {
        UNTOUCHED,
        TAKEN,
        CALLED_OFF
    }

    private final BodyPublisher body;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNTOUCHED);

    WatchedBody(BodyPublisher body) {
        this.body = body;
    }

    /** From now on none of it can be taken any more, if none has been; yields whether that is so. */
    boolean callOff() {
        return state.compareAndSet(State.UNTOUCHED, State.CALLED_OFF) || state.get() == State.CALLED_OFF;
    }

    private boolean take() {
        return state.compareAndSet(State.UNTOUCHED, State.TAKEN) || state.get() == State.TAKEN;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        body.subscribe(new Subscriber<>() {

            @Override
            public void onSubscribe(Subscription subscription) {
                client.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                if (take()) {
                    client.onNext(part);
                } else {
                    client.onError(new CancellationException("called off"));
                }
            }

            @Override
            public void onError(Throwable thrown) {
                client.onError(thrown);
            }

            @Override
            public void onComplete() {
                client.onComplete();
            }
        });
    }
}
