package dev.tidings.domain.preferences;

import dev.tidings.domain.category.Categories;
import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.Category.WhenUnknown;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.category.RetryPolicy;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Ada, and what she may choose about. */
final class People {

    static final PreferencesId ADA = new PreferencesId(new UserId("ada"));
    static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    static final NotificationType MARKETING = new NotificationType("marketing");
    static final NotificationType DIGEST = new NotificationType("digest");
    static final NotificationType SECURITY_ALERT = new NotificationType("security_alert");
    static final NotificationType UNHEARD_OF = new NotificationType("unheard_of");
    static final Categories CATEGORIES =
            new Categories(List.of(category(MARKETING, true), category(DIGEST, true), category(SECURITY_ALERT, false)));

    private People() {}

    private static Category category(NotificationType type, boolean switchable) {
        return new Category(
                type,
                Lane.NORMAL,
                switchable,
                WhenUnknown.RESEND,
                RetryPolicy.NONE,
                Duration.ofHours(1),
                Duration.ZERO);
    }
}
