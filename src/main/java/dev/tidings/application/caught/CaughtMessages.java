package dev.tidings.application.caught;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The newest messages that something caught, which a person may look at. */
public interface CaughtMessages {

    /** Newest first. */
    List<Caught> newest(int limit);

    /** By an {@linkplain Caught#id id}, whoever has caught it; empty when it isn't one of these. */
    Optional<Opened> find(String id);

    /** The very bytes that came; empty where there are none but what {@link #find} shows. */
    default Optional<Path> source(String id) {
        return Optional.empty();
    }

    void empty();
}
