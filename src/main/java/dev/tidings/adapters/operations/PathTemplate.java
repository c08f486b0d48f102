package dev.tidings.adapters.operations;

import java.util.regex.Pattern;

/** A path as it is written in documents: {@code /notifications/{id}}, without what an id must look like. */
final class PathTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)(:[^/]*)?}");

    private PathTemplate() {}

    static String readable(String pattern) {
        return VARIABLE.matcher(pattern).replaceAll("{$1}");
    }
}
