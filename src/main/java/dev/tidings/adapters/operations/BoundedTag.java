package dev.tidings.adapters.operations;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A tag whose values others choose: the first so many keep their names, the rest share one. */
final class BoundedTag {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedTag(int most) {
        this.most = most;
    }

    String of(String value) {
        return known.contains(value) || admitted(value) ? value : OTHER;
    }

    private synchronized boolean admitted(String value) {
        return known.contains(value) || (known.size() < most && known.add(value));
    }
}
