package dev.tidings.adapters.wiring;

import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.delivery.Routes;
import dev.tidings.application.events.Links;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RecipientLimit;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What operators decide: what may be sent, how hard we try, where links lead. */
@ConfigurationProperties("tidings")
record TidingsSettings(
        Map<String, CategorySettings> categories,
        @DefaultValue Map<String, ProviderSettings> providers,
        Delivery delivery,
        Idempotency idempotency,
        LinkSettings links) {

    /** How much a provider is used; the rest of what is configured under its name is its own. */
    record ProviderSettings(
            @DefaultValue("100") int priority,
            @DefaultValue("100") int weight,
            @DefaultValue("true") boolean active,
            @DefaultValue("0") int perSecond,
            @DefaultValue("0") long perDay,
            @DefaultValue Set<String> countries) {

        ProviderPolicy policy() {
            return new ProviderPolicy(
                    priority, weight, active ? Mode.ACTIVE : Mode.INACTIVE, perSecond, perDay, countries);
        }
    }

    ProviderPolicy policyOf(ProviderName provider) {
        ProviderSettings settings = providers.get(provider.value());
        return settings == null ? ProviderPolicy.USUAL : settings.policy();
    }

    /** @param keep for how long a key, or an event's id, is remembered */
    record Idempotency(Duration keep) {}

    /** {@code retry} is the delivery's own where it is absent. */
    record CategorySettings(
            Lane lane,
            boolean switchable,
            WhenUnknown whenUnknown,
            @Nullable Retry retry,
            @Nullable Duration patience,
            @Nullable Duration copiesWithin,
            @Nullable LimitSettings recipientLimit) {}

    /** Of one address. */
    record LimitSettings(int most, Duration within) {}

    /**
     * The last three hold where a category says nothing else.
     *
     * @param mostWaiting when more wait, nothing is taken in until less do
     */
    record Delivery(
            int inFlight,
            int mostInFlight,
            Duration lease,
            Duration poll,
            long mostWaiting,
            Retry retry,
            Duration patience,
            Duration copiesWithin) {}

    record Retry(List<Duration> delays, double jitter) {

        RetryPolicy policy() {
            return new RetryPolicy(delays, jitter);
        }
    }

    record LinkSettings(String verifyEmail, String resetPassword, String signIn, String support) {}

    Categories toCategories() {
        RetryPolicy usual = delivery.retry.policy();
        return new Categories(categories.entrySet().stream()
                .map(entry -> new Category(
                        new NotificationType(entry.getKey()),
                        entry.getValue().lane,
                        entry.getValue().switchable,
                        entry.getValue().whenUnknown,
                        entry.getValue().retry == null
                                ? usual
                                : entry.getValue().retry.policy(),
                        Objects.requireNonNullElse(entry.getValue().patience, delivery.patience),
                        Objects.requireNonNullElse(entry.getValue().copiesWithin, delivery.copiesWithin),
                        limit(entry.getValue().recipientLimit)))
                .toList());
    }

    private static @Nullable RecipientLimit limit(@Nullable LimitSettings settings) {
        return settings == null ? null : new RecipientLimit(settings.most, settings.within);
    }

    /** Providers that take many messages at a time, each for long, need more than one that answers at once. */
    DeliverySettings toDeliverySettings(Routes routes) {
        int inFlight = Math.max(delivery.inFlight, 2 * routes.concurrency());
        return new DeliverySettings(inFlight, Math.max(delivery.mostInFlight, inFlight), delivery.lease, delivery.poll);
    }

    Links toLinks() {
        return new Links(links.verifyEmail, links.resetPassword, links.signIn, links.support);
    }
}
