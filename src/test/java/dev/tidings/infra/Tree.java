package dev.tidings.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A YAML document, or a part of one, that says where it was when it isn't what was expected. */
record Tree(String where, @Nullable Object value) {

    Tree at(String key) {
        return find(key).orElseThrow(() -> new AssertionError(where + " has no " + key));
    }

    Optional<Tree> find(String key) {
        return Optional.ofNullable(map().get(key)).map(child -> new Tree(where + "." + key, child));
    }

    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        map().keySet().forEach(key -> keys.add(String.valueOf(key)));
        return keys;
    }

    Map<String, Tree> children() {
        Map<String, Tree> children = new TreeMap<>();
        keys().forEach(key -> children.put(key, new Tree(where + "." + key, map().get(key))));
        return children;
    }

    List<Tree> items() {
        return value instanceof List<?> list
                ? list.stream().map(item -> new Tree(where + "[]", item)).toList()
                : List.of();
    }

    List<String> texts() {
        return items().stream().map(Tree::text).toList();
    }

    boolean isText() {
        return value instanceof String;
    }

    String text() {
        if (value == null || value instanceof Map || value instanceof List) {
            throw new AssertionError(where + " is not a plain value but " + value);
        }
        return value.toString();
    }

    private Map<?, ?> map() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
