package dev.tidings.application.commit;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandExecutionException;

/** Finds what was thrown under the wrappings that messages and futures put around it. */
public final class Thrown {

    private Thrown() {}

    public static RuntimeException unchecked(Throwable thrown) {
        return switch (cause(thrown)) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case Throwable e -> new UndeclaredThrowableException(e);
        };
    }

    public static Throwable cause(Throwable thrown) {
        Throwable inner = thrown;
        while ((inner instanceof CompletionException || inner instanceof CommandExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
