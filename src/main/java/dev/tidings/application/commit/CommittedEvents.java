package dev.tidings.application.commit;

import java.util.List;
import java.util.Map;

/** Is told of events once they are in the log: in the committing thread, thousands a second, so it must not block. */
public interface CommittedEvents {

    /** In the order of the log. What is thrown here changes nothing for the caller who committed. */
    void committed(List<Committed> events);

    record Committed(Object event, Map<String, ?> metadata) {}
}
