package dev.tidings.adapters.operations;

import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;

/** In a JSON line of the log: every text in it. */
public final class MaskedJson implements ValueMasker {

    @Override
    public @Nullable Object mask(TokenStreamContext context, Object value) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        String before = text.toString();
        String after = PersonalData.masked(before);
        return after.equals(before) ? null : after;
    }
}
