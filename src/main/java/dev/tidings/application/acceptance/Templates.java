package dev.tidings.application.acceptance;

import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The texts that messages are made from. */
public interface Templates {

    SequencedSet<String> names();

    Optional<TemplateRef> find(String name);

    /**
     * Renders this very version: HTML is for a mail only, and what nobody would get needs no variables.
     *
     * @param subject replaces the template's own subject
     * @throws MissingVariables when the template needs variables that were not given; names all of them
     * @throws UnusableVariables when a variable can't be rendered, say because it is a list where a text is needed
     */
    Message render(TemplateRef template, Channel channel, @Nullable String subject, Map<String, ?> variables);

    /** Variables that a template needs and didn't get. */
    final class MissingVariables extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient List<String> names;

        public MissingVariables(String template, List<String> names) {
            super("template " + template + " needs " + String.join(", ", names));
            this.names = List.copyOf(names);
        }

        public List<String> names() {
            return names;
        }
    }

    /** Variables that a template can't use as they are. */
    final class UnusableVariables extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnusableVariables(String template, String why) {
            super("template " + template + ": " + why);
        }
    }
}
