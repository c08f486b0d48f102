package dev.tidings.adapters.wiring;

import dev.tidings.application.delivery.DeliverySettings;
import dev.tidings.application.events.Links;
import dev.tidings.domain.notification.Categories;
import dev.tidings.domain.notification.Category;
import dev.tidings.domain.notification.Category.WhenUnknown;
import dev.tidings.domain.notification.Lane;
import dev.tidings.domain.notification.NotificationType;
import dev.tidings.domain.notification.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What operators decide: what may be sent, how hard we try, where links lead. */
@ConfigurationProperties("tidings")
record TidingsSettings(Map<String, CategorySettings> categories, Delivery delivery, LinkSettings links) {

    /** {@code retry} is the delivery's own where it is absent. */
    record CategorySettings(
            Lane lane,
            boolean switchable,
            WhenUnknown whenUnknown,
            @Nullable Retry retry) {}

    record Delivery(int inFlight, Duration lease, Duration poll, Retry retry) {}

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
                                : entry.getValue().retry.policy()))
                .toList());
    }

    DeliverySettings toDeliverySettings() {
        return new DeliverySettings(delivery.inFlight, delivery.lease, delivery.poll);
    }

    Links toLinks() {
        return new Links(links.verifyEmail, links.resetPassword, links.signIn, links.support);
    }
}
