package dev.tidings.acceptance;

import java.util.Map;

/** As {@code make run} starts it: nothing but a JDK. */
class EmbeddedDefaultTest extends WholeService {

    @Override
    Map<String, Object> properties() {
        return Map.of();
    }
}
