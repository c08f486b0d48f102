package dev.tidings.adapters.mailbox;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.caught.Opened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class KeptInMemory implements CaughtMessages {

    private final List<Opened> messages = new ArrayList<>();
    private final Map<String, Path> sources = new HashMap<>();

    void keep(Opened message) {
        messages.addFirst(message);
    }

    void keep(Opened message, Path source) {
        keep(message);
        sources.put(message.message().id(), source);
    }

    @Override
    public List<Caught> newest(int limit) {
        return messages.stream().map(Opened::message).limit(limit).toList();
    }

    @Override
    public Optional<Opened> find(String id) {
        return messages.stream().filter(each -> each.message().id().equals(id)).findFirst();
    }

    @Override
    public Optional<Path> source(String id) {
        return Optional.ofNullable(sources.get(id));
    }

    @Override
    public void empty() {
        messages.clear();
        sources.clear();
    }
}
