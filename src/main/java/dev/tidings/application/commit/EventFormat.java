package dev.tidings.application.commit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How events are written in the log. */
public interface EventFormat {

    /** Reads a payload, upcast to what the event looks like today. */
    Object payload(String name, @Nullable String revision, byte[] payload);

    Map<String, ?> metadata(byte[] metadata);
}
