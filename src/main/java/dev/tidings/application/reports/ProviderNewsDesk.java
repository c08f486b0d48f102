package dev.tidings.application.reports;

import dev.tidings.domain.notification.ProviderName;
import java.util.List;

/** Where what providers say later is taken in. */
@FunctionalInterface
public interface ProviderNewsDesk {

    /** Blocks; all of it is committed when it returns. */
    void heard(ProviderName provider, List<ProviderNews> news);
}
