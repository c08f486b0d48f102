package dev.tidings.domain.category;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.Category.WhenUnknown;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    private static final NotificationType WELCOME = new NotificationType("welcome");
    private static final NotificationType WITHDRAWN = new NotificationType("withdrawn");
    private static final Category OF_WELCOME = category("welcome");
    private static final Category OF_MARKETING = category("marketing");
    private static final Category OF_SECURITY_ALERT = category("security_alert");

    private static Category category(String type) {
        return new Category(
                new NotificationType(type),
                Lane.HIGH,
                true,
                WhenUnknown.RESEND,
                RetryPolicy.NONE,
                Category.USUAL_PATIENCE,
                Duration.ofMinutes(30));
    }

    private final Categories categories = new Categories(List.of(OF_WELCOME, OF_MARKETING, OF_SECURITY_ALERT));

    @Test
    void a_category_is_found_by_its_type() {
        assertThat(categories.find(WELCOME)).contains(OF_WELCOME);
        assertThat(categories.find(WITHDRAWN)).isEmpty();
    }

    @Test
    void they_are_listed_in_the_order_of_their_types() {
        assertThat(categories.all()).containsExactly(OF_MARKETING, OF_SECURITY_ALERT, OF_WELCOME);
    }

    @Test
    void what_was_accepted_when_its_type_still_existed_gets_cautious_rules() {
        assertThat(categories.rulesFor(WELCOME)).isEqualTo(OF_WELCOME);
        assertThat(categories.rulesFor(WITHDRAWN))
                .isEqualTo(new Category(
                        WITHDRAWN,
                        Lane.NORMAL,
                        true,
                        WhenUnknown.HOLD,
                        RetryPolicy.NONE,
                        Category.USUAL_PATIENCE,
                        Duration.ZERO));
    }
}
