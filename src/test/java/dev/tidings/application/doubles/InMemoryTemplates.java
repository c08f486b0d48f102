package dev.tidings.application.doubles;

import dev.tidings.application.acceptance.Templates;
import dev.tidings.application.notification.Message;
import dev.tidings.domain.notification.TemplateRef;
import dev.tidings.domain.recipient.Channel;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Each template renders to a line for each variable it needs, for a mail in HTML as well. */
public final class InMemoryTemplates implements Templates {

    private final SequencedMap<String, List<String>> needs = new TreeMap<>();

    public InMemoryTemplates() {
        needs.put("welcome", List.of("username"));
        needs.put("email_verification", List.of("username", "verification_link"));
        needs.put("password_reset", List.of("reset_link"));
        needs.put("security_alert", List.of());
    }

    public void needs(String template, String... variables) {
        needs.put(template, List.of(variables));
    }

    @Override
    public SequencedSet<String> names() {
        return new TreeSet<>(needs.keySet());
    }

    @Override
    public Optional<TemplateRef> find(String name) {
        return needs.containsKey(name) ? Optional.of(new TemplateRef(name, "1")) : Optional.empty();
    }

    @Override
    public Message render(TemplateRef template, Channel channel, @Nullable String subject, Map<String, ?> variables) {
        Collection<String> needed = needs.getOrDefault(template.name(), List.of());
        List<String> missing =
                needed.stream().filter(name -> !variables.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new MissingVariables(template.name(), missing);
        }
        variables.forEach((name, value) -> {
            if (value instanceof Collection) {
                throw new UnusableVariables(template.name(), name + " is a list");
            }
        });
        StringBuilder text = new StringBuilder();
        Collections.unmodifiableMap(new TreeMap<>(variables))
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return new Message(
                subject == null ? template.name() : subject,
                text.toString(),
                channel == Channel.EMAIL ? "<pre>" + text + "</pre>" : null);
    }
}
