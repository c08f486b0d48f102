package dev.tidings.adapters.providers;

import dev.tidings.adapters.providers.ProviderKind.Needed;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Tells a provider that nobody wants from one that somebody forgot half of. */
final class Completeness {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

    private final ConfigurableEnvironment environment;
    private final String prefix;

    Completeness(ConfigurableEnvironment environment, String prefix) {
        this.environment = environment;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if some of it is there, and not only for another's sake */
    boolean isComplete(List<Needed> needed) {
        List<Needed> missing = needed.stream().filter(each -> !each.isThere()).toList();
        List<Needed> there = needed.stream().filter(Needed::isThere).toList();
        if (!missing.isEmpty() && isHalf(there, missing)) {
            throw new IllegalArgumentException(inWords(missing.getFirst()) + " is missing, and "
                    + there.getFirst().property() + " is set");
        }
        return missing.isEmpty();
    }

    /** What is shared has to be there as a whole as well: an id without its token is of no use to anybody. */
    private static boolean isHalf(List<Needed> there, List<Needed> missing) {
        boolean anyOwn = there.stream().anyMatch(each -> !each.shared());
        boolean someShared =
                there.stream().anyMatch(Needed::shared) && missing.stream().anyMatch(Needed::shared);
        return anyOwn || someShared;
    }

    private String inWords(Needed missing) {
        return missing.property() + " (" + variable(prefix + "." + missing.property()) + ")";
    }

    /** The one that stands for it in the configuration, else the one that Spring Boot takes for any property. */
    private String variable(String property) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source.getProperty(property) instanceof CharSequence raw) {
                Matcher placeholder = PLACEHOLDER.matcher(raw);
                if (placeholder.find()) {
                    return placeholder.group(1);
                }
            }
        }
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
