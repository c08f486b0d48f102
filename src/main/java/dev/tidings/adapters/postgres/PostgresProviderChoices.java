package dev.tidings.adapters.postgres;

import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresProviderChoices implements ProviderChoices {

    private static final String ALL = "select provider, priority, weight, mode from provider_choice";

    private static final String CHOOSE = """
            insert into provider_choice as known (provider, priority, weight, mode, changed_at)
            values (?, ?, ?, ?, now())
            on conflict (provider) do update
            set priority = coalesce(excluded.priority, known.priority), weight = coalesce(excluded.weight, known.weight),
                mode = coalesce(excluded.mode, known.mode), changed_at = excluded.changed_at""";

    private final JdbcTemplate jdbc;

    PostgresProviderChoices(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<ProviderName, Choice> all() {
        Map<ProviderName, Choice> all = new HashMap<>();
        jdbc.query(ALL, row -> {
            String mode = row.getString("mode");
            all.put(
                    new ProviderName(row.getString("provider")),
                    new Choice(
                            row.getObject("priority", Integer.class),
                            row.getObject("weight", Integer.class),
                            mode == null ? null : Mode.valueOf(mode)));
        });
        return all;
    }

    @Override
    public void choose(ProviderName provider, Choice choice) {
        jdbc.update(
                CHOOSE,
                provider.value(),
                choice.priority(),
                choice.weight(),
                choice.mode() == null ? null : choice.mode().name());
    }
}
