package dev.tidings.adapters.templates;

import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import freemarker.template.Template;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Templates that are parsed once and rendered often. What a variable may be is said by {@link GivenValues}. */
final class FreeMarkerTemplates implements Templates {

    /** RFC 5322, 2.1.1 allows a line of 998 characters. */
    private static final int LONGEST_SUBJECT = 998;

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+");

    private final SequencedMap<String, Parsed> parsed = new LinkedHashMap<>();

    private record Parsed(TemplateRef ref, Template subject, Template text, Template html) {}

    FreeMarkerTemplates(Collection<TemplateSource> sources, String layout) {
        Sandbox sandbox = new Sandbox(layout);
        for (TemplateSource source : sources) {
            parsed.put(
                    source.name(),
                    new Parsed(
                            new TemplateRef(source.name(), source.version(layout)),
                            sandbox.plainText(source.name() + "/subject", source.subject()),
                            sandbox.plainText(source.name() + "/text", source.text()),
                            sandbox.html(source.name() + "/html", source.html())));
        }
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(parsed.sequencedKeySet());
    }

    @Override
    public Optional<TemplateRef> find(String name) {
        return Optional.ofNullable(parsed.get(name)).map(Parsed::ref);
    }

    @Override
    public Message render(TemplateRef ref, Channel channel, @Nullable String subject, Map<String, ?> variables) {
        Parsed template = parsed(ref);
        Rendering rendering = new Rendering(ref.name(), new GivenValues(variables, ""));
        String line = inOneLine(subject == null ? rendering.render(template.subject) : subject);
        String text = rendering.render(template.text);
        String html = channel == Channel.EMAIL ? rendering.render(template.html) : null;
        rendering.check();
        if (line.length() > LONGEST_SUBJECT) {
            throw new UnusableVariables(ref.name(), "the subject would be longer than " + LONGEST_SUBJECT);
        }
        return new Message(line, text, html);
    }

    private Parsed parsed(TemplateRef ref) {
        Parsed template = parsed.get(ref.name());
        if (template == null || !template.ref.equals(ref)) {
            throw new IllegalArgumentException("version " + ref.version() + " of template " + ref.name()
                    + " isn't here, only " + (template == null ? "others" : template.ref.version()));
        }
        return template;
    }

    /** A variable with a line break must not become a header of its own. */
    private static String inOneLine(String subject) {
        return BREAKS.matcher(subject).replaceAll(" ").strip();
    }
}
