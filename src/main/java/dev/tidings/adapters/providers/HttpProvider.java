package dev.tidings.adapters.providers;

import dev.tidings.adapters.providers.Vendor.Order;
import dev.tidings.adapters.providers.http.HttpCaller;
import dev.tidings.adapters.providers.http.HttpResult;
import dev.tidings.adapters.providers.http.HttpResult.Answered;
import dev.tidings.adapters.providers.http.HttpResult.Broken;
import dev.tidings.adapters.providers.http.HttpResult.NotSent;
import dev.tidings.adapters.providers.http.UsualOutcomes;
import dev.tidings.application.delivery.MessageProvider;
import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.notification.SendOutcome;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import java.net.http.HttpRequest;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages to a vendor in one call each. */
final class HttpProvider implements MessageProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProvider.class);

    private final ProviderName name;
    private final Vendor vendor;
    private final HttpCaller caller;
    private final int concurrency;
    private final Semaphore places;

    HttpProvider(ProviderName name, Vendor vendor, HttpCaller caller, int concurrency) {
        this.name = name;
        this.vendor = vendor;
        this.caller = caller;
        this.concurrency = concurrency;
        this.places = new Semaphore(concurrency);
    }

    @Override
    public ProviderName name() {
        return name;
    }

    @Override
    public Channel channel() {
        return vendor.channel();
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public boolean reaches(Address address) {
        return MessageProvider.super.reaches(address) && vendor.reaches(address);
    }

    @Override
    public SendOutcome send(OutgoingMessage message) {
        Order order;
        try {
            order = vendor.order(message);
        } catch (RuntimeException e) {
            LOG.error("Notification {} can't be put as {} wants it", message.notificationId(), name, wordless(e));
            return new SendOutcome.FailedForGood(new Failure("unwritable", "can't be put as the provider wants it"));
        }
        return switch (order) {
            case Order.Refused refused -> refused.outcome();
            case Order.Call call -> send(call.request(), message);
        };
    }

    private SendOutcome send(HttpRequest request, OutgoingMessage message) {
        HttpResult result;
        try {
            places.acquire();
            try {
                result = caller.call(request);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendOutcome.ProviderDown(new Failure("interrupted", "interrupted before it was sent"));
        }
        return switch (result) {
            case NotSent notSent -> vendor.outcome(notSent, message);
            case Broken broken -> UsualOutcomes.of(broken);
            case Answered answered -> outcome(answered, message);
        };
    }

    private SendOutcome outcome(Answered answered, OutgoingMessage message) {
        try {
            return vendor.outcome(answered, message);
        } catch (RuntimeException e) {
            LOG.error("Of notification {} {} said what can't be read", message.notificationId(), name, wordless(e));
            return new SendOutcome.Unknown(new Failure("unreadable", "the answer can't be read"));
        }
    }

    /** Where it went wrong, without the words, which may quote the message. */
    private static Throwable wordless(RuntimeException thrown) {
        Throwable wordless = new IllegalStateException(thrown.getClass().getName());
        wordless.setStackTrace(thrown.getStackTrace());
        return wordless;
    }

    @Override
    public void close() {
        caller.close();
    }
}
