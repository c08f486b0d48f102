package dev.tidings.adapters.templates;

import dev.tidings.adapters.templates.GivenValues.CannotBeUsed;
import dev.tidings.application.acceptance.Templates.MissingVariables;
import dev.tidings.application.acceptance.Templates.UnusableVariables;
import freemarker.core.Environment;
import freemarker.core.InvalidReferenceException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One message in the making: goes on after what can't be rendered, so that everything wrong is found at once. */
final class Rendering {

    private final String template;
    private final GivenValues variables;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> unusable = new LinkedHashSet<>();

    Rendering(String template, GivenValues variables) {
        this.template = template;
        this.variables = variables;
    }

    String render(Template part) {
        BoundedText text = new BoundedText();
        try {
            Environment environment = part.createProcessingEnvironment(variables, text);
            environment.setTemplateExceptionHandler((problem, _, _) -> keep(problem));
            environment.process();
        } catch (TemplateException e) {
            keep(e);
        } catch (IOException e) {
            unusable.add("is longer than " + BoundedText.LONGEST + " characters with these variables");
        }
        return text.toString();
    }

    private void keep(TemplateException problem) {
        String name = problem.getBlamedExpressionString();
        if (problem instanceof InvalidReferenceException && name != null) {
            missing.add(name);
        } else if (problem instanceof CannotBeUsed) {
            unusable.add(problem.getMessageWithoutStackTop());
        } else if (name != null) {
            unusable.add(name + " is of the wrong kind: a text, say, where a list is needed, or a list for a text");
        } else {
            unusable.add("can't be rendered with these variables");
        }
    }

    void check() {
        if (!missing.isEmpty()) {
            throw new MissingVariables(template, List.copyOf(missing));
        }
        if (!unusable.isEmpty()) {
            throw new UnusableVariables(template, String.join("; ", unusable));
        }
    }

    /** Ends a template that would go on writing. */
    private static final class BoundedText extends Writer {

        static final int LONGEST = 200_000;

        private final StringBuilder text = new StringBuilder(1024);

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            makeSureOf(length);
            text.append(characters, from, length);
        }

        @Override
        public void write(String string, int from, int length) throws IOException {
            makeSureOf(length);
            text.append(string, from, from + length);
        }

        private void makeSureOf(int length) throws IOException {
            if (text.length() + length > LONGEST) {
                throw new IOException("longer than " + LONGEST + " characters");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
