package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A piece of infrastructure that runs inside, or as a child of, this process. */
interface Part {

    String name();

    List<Port> ports();

    /** Stops what a killed predecessor left running on the same data. */
    default void stopLeftOver() throws IOException {}

    void start() throws Exception;

    /** Harmless when not started, and when repeated. */
    void stop();

    /** What the rest of Tidings must be told to use this part as it would use the real thing. */
    Map<String, Object> properties();
}
