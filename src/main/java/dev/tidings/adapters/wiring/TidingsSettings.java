package dev.tidings.adapters.wiring;

import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.events.Links;
import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What operators decide: what may be sent, how hard we try, where links lead. */
@ConfigurationProperties("tidings")
record TidingsSettings(
        Map<String, CategorySettings> categories, Delivery delivery, Idempotency idempotency, LinkSettings links) {

    /** @param keep for how long a key, or an event's id, is remembered */
    record Idempotency(Duration keep) {}

    /** {@code retry} is the delivery's own where it is absent. */
    record CategorySettings(
            Lane lane,
            boolean switchable,
            WhenUnknown whenUnknown,
            @Nullable Retry retry,
            @Nullable Duration patience,
            @Nullable Duration copiesWithin) {}

    /**
     * The last three hold where a category says nothing else.
     *
     * @param mostWaiting when more wait, nothing is taken in until less do
     */
    record Delivery(
            int inFlight,
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
                        Objects.requireNonNullElse(entry.getValue().copiesWithin, delivery.copiesWithin)))
                .toList());
    }

    DeliverySettings toDeliverySettings() {
        return new DeliverySettings(delivery.inFlight, delivery.lease, delivery.poll);
    }

    Links toLinks() {
        return new Links(links.verifyEmail, links.resetPassword, links.signIn, links.support);
    }
}
