package dev.tidings.adapters.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** In a readable line of the log: {@code %masked(%message)}. */
public final class MaskedText extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return PersonalData.masked(text);
    }
}
