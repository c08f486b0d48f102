package dev.tidings.application.doubles;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.domain.notification.ProviderName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Thinks of callbacks what a test tells it to. */
public final class ScriptedCallbackReader implements CallbackReader {

    private static final Reading NO_NEWS = new Reading.Genuine(List.of());

    private final ProviderName provider;
    private final List<Callback> seen = new CopyOnWriteArrayList<>();
    private volatile Reading reading = NO_NEWS;

    public ScriptedCallbackReader(String provider) {
        this.provider = new ProviderName(provider);
    }

    public void readAs(Reading next) {
        reading = next;
    }

    public List<Callback> seen() {
        return List.copyOf(seen);
    }

    public void forget() {
        seen.clear();
        reading = NO_NEWS;
    }

    @Override
    public ProviderName provider() {
        return provider;
    }

    @Override
    public Reading read(Callback callback) {
        seen.add(callback);
        return reading;
    }
}
