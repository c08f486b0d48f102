package dev.tidings.adapters.providers.http;

import dev.tidings.domain.notification.Failure;
import java.net.http.HttpHeaders;

/** What came of a call, by what is certain about it. */
public sealed interface HttpResult {

    /**
     * The provider has read the request, and this is its whole answer.
     *
     * @param status 200 to 599; a redirect is an answer like others
     * @param body as UTF-8, whatever it claims to be; what is no UTF-8 is replaced
     */
    record Answered(int status, HttpHeaders headers, String body) implements HttpResult {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** Nothing of the message has left the house: no connection, or none that can be trusted. */
    record NotSent(Failure failure) implements HttpResult {}

    /** The provider may have read it or not, and no whole answer came in time. */
    record Broken(Failure failure) implements HttpResult {}
}
