package dev.tidings.application.reports;

import dev.tidings.domain.notification.ProviderName;
import java.util.List;

/** Takes in what is known to come from a provider. */
@FunctionalInterface
public interface ProviderNewsDesk {

    /** Throws when it could not be kept: then it is to be said again. */
    void heard(ProviderName provider, List<ProviderNews> news);
}
