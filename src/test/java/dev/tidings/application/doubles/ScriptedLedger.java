package dev.tidings.application.doubles;

import dev.tidings.application.ledger.Ledger;
import dev.tidings.application.ledger.Sheet;
import dev.tidings.domain.access.ServiceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the sheets that a test gives it. */
public final class ScriptedLedger implements Ledger {

    public volatile List<Sheet> sheets = List.of();

    @Override
    public List<Sheet> count(Instant from, Instant to, @Nullable ServiceId service) {
        return sheets.stream()
                .filter(sheet -> !sheet.hour().isBefore(from) && sheet.hour().isBefore(to))
                .filter(sheet -> service == null || sheet.service().equals(service))
                .toList();
    }
}
