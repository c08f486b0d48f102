package dev.tidings.adapters.templates;

import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleCollection;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.SimpleSequence;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees of the variables: texts, numbers, truth values, lists and maps of these.
 *
 * <p>Null is the same as not given; an empty text is a text. A variable whose name ends with {@code _link} or
 * {@code _url} is an address to go to: blank is the same as not given, and one that isn't an absolute http or https
 * address can't be used.
 *
 * @param path where these values lie in the variables; empty for the variables themselves
 */
record GivenValues(Map<?, ?> given, String path) implements TemplateHashModelEx {

    static final ObjectWrapper WRAPPER = value -> wrap(value, "");

    /** Says in words for the caller what is wrong with a variable. */
    static final class CannotBeUsed extends TemplateModelException {

        private static final long serialVersionUID = 1L;

        CannotBeUsed(String why) {
            super(why);
        }
    }

    @Override
    public @Nullable TemplateModel get(String key) throws TemplateModelException {
        Object value = given.get(key);
        if (value == null) {
            return null;
        }
        String name = path.isEmpty() ? key : path + "." + key;
        if (key.endsWith("_link") || key.endsWith("_url")) {
            return link(name, value.toString());
        }
        return wrap(value, name);
    }

    private static @Nullable TemplateModel link(String name, String value) throws TemplateModelException {
        if (value.isBlank()) {
            return null;
        }
        if (!isAddress(value)) {
            throw new CannotBeUsed(name + " must be an http or https address");
        }
        return new SimpleScalar(value);
    }

    /** Of http or https, with a host, and with nothing in it that would end it in a text. */
    private static boolean isAddress(String value) {
        int host = startsWith("https://", value) ? 8 : startsWith("http://", value) ? 7 : value.length();
        return host < value.length() && "/?#".indexOf(value.charAt(host)) < 0 && isInOnePiece(value);
    }

    private static boolean isInOnePiece(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSpaceChar(value.charAt(i)) || Character.isISOControl(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(String scheme, String value) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static @Nullable TemplateModel wrap(@Nullable Object value, String name) throws TemplateModelException {
        return switch (value) {
            case null -> null;
            case TemplateModel model -> model;
            case String text -> new SimpleScalar(text);
            case Number number -> new SimpleNumber(number);
            case Boolean truth -> truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
            case Map<?, ?> map -> new GivenValues(map, name);
            case Collection<?> list -> new SimpleSequence(list, WRAPPER);
            default ->
                throw new CannotBeUsed((name.isEmpty() ? "an element of a list" : name)
                        + " must be a text, a number, true, false, a list or a map of these");
        };
    }

    @Override
    public boolean isEmpty() {
        return given.isEmpty();
    }

    @Override
    public int size() {
        return given.size();
    }

    @Override
    public TemplateCollectionModel keys() {
        return new SimpleCollection(given.keySet(), WRAPPER);
    }

    @Override
    public TemplateCollectionModel values() {
        return new SimpleCollection(given.values(), WRAPPER);
    }
}
