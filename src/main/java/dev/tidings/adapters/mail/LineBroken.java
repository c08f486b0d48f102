package dev.tidings.adapters.mail;

import dev.tidings.domain.notification.Failure;
import java.net.SocketTimeoutException;

/** A connection came to its end while a mail was handed over. */
final class LineBroken extends Exception {

    private static final long serialVersionUID = 1L;

    private final Step step;
    private final boolean waitedInVain;

    private LineBroken(Step step, boolean waitedInVain, Throwable cause) {
        super(cause);
        this.step = step;
        this.waitedInVain = waitedInVain;
    }

    static LineBroken at(Step step, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SocketTimeoutException) {
                return new LineBroken(step, true, cause);
            }
        }
        return new LineBroken(step, false, cause);
    }

    /** Only the last answer says whether the relay has taken the mail. */
    boolean outcomeIsUnknown() {
        return step == Step.END;
    }

    boolean waitedInVain() {
        return waitedInVain;
    }

    Failure failure() {
        return waitedInVain
                ? new Failure("timeout", "the relay didn't answer to " + step + " in time")
                : new Failure("broken", "the connection broke before the relay's answer to " + step);
    }
}
