package dev.tidings.adapters.templates;

import freemarker.cache.StringTemplateLoader;
import freemarker.cache.StrongCacheStorage;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Where templates are parsed: they see the values given to them and the layout, no Java class, object or file, and
 * write a value in the same way wherever they run. HTML is escaped by itself, because its files end with "ftlh".
 */
final class Sandbox {

    private static final String LAYOUT = "layout.ftlh";

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
    private final StringTemplateLoader texts = new StringTemplateLoader();

    Sandbox(String layout) {
        configuration.setTemplateLoader(texts);
        configuration.setCacheStorage(new StrongCacheStorage());
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());

        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(GivenValues.WRAPPER);

        configuration.setOutputFormat(PlainTextOutputFormat.INSTANCE);
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setLocale(Locale.ROOT);
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNumberFormat("c");
        configuration.setBooleanFormat("c");

        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setAttemptExceptionReporter((_, _) -> {});
        configuration.setWrapUncheckedExceptions(true);
        var _ = parse(LAYOUT, layout);
    }

    Template plainText(String name, String text) {
        return parse(name + ".ftl", text);
    }

    Template html(String name, String text) {
        return parse(name + ".ftlh", text);
    }

    private Template parse(String name, String text) {
        texts.putTemplate(name, text);
        try {
            return configuration.getTemplate(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
