package dev.tidings.adapters.postgres;

import dev.tidings.application.notification.Message.Extras;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Most messages have none, and then nothing is stored. */
final class StoredExtras {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StoredExtras() {}

    static @Nullable String write(Extras extras) {
        return extras.equals(Extras.NONE) ? null : JSON.writeValueAsString(extras);
    }

    static Extras read(@Nullable String json) {
        return json == null ? Extras.NONE : JSON.readValue(json, Extras.class);
    }
}
