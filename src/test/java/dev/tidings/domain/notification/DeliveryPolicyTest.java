package dev.tidings.domain.notification;

import static dev.tidings.domain.notification.Notifications.OF_SECURITY_ALERT;
import static dev.tidings.domain.notification.Notifications.OF_WELCOME;
import static dev.tidings.domain.notification.Notifications.SECURITY_ALERT;
import static dev.tidings.domain.notification.Notifications.WELCOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.category.Category;
import dev.tidings.domain.category.NotificationType;
import dev.tidings.domain.notification.DeliveryPolicy.Circumstances;
import dev.tidings.domain.notification.Finding.Rule;
import dev.tidings.domain.notification.Finding.Verdict;
import dev.tidings.domain.preferences.NotificationPreferences;
import dev.tidings.domain.preferences.NotificationPreferences.Chosen;
import dev.tidings.domain.preferences.NotificationPreferences.Unset;
import dev.tidings.domain.preferences.PreferencesId;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.domain.recipient.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryPolicyTest {

    @Test
    void what_a_person_left_on_is_sent() {
        assertThat(about(OF_WELCOME, chosen(WELCOME, true)))
                .containsExactly(new Finding(Rule.PREFERENCES, "welcome is on", Verdict.SEND));
    }

    @Test
    void what_a_person_switched_off_is_suppressed() {
        assertThat(about(OF_WELCOME, chosen(WELCOME, false)))
                .containsExactly(new Finding(Rule.PREFERENCES, "welcome is off", Verdict.SUPPRESS));
    }

    @Test
    void what_nobody_chose_about_is_sent() {
        Finding byDefault = new Finding(Rule.PREFERENCES, "no choice about welcome, on by default", Verdict.SEND);

        assertThat(about(OF_WELCOME, new Unset())).containsExactly(byDefault);
        assertThat(about(OF_WELCOME, chosen(SECURITY_ALERT, false))).containsExactly(byDefault);
    }

    @Test
    void what_cannot_be_switched_off_is_sent_whatever_was_chosen() {
        assertThat(about(OF_SECURITY_ALERT, chosen(SECURITY_ALERT, false)))
                .containsExactly(new Finding(Rule.PREFERENCES, "security_alert can't be switched off", Verdict.SEND));
    }

    @Test
    void a_copy_is_suppressed_and_says_of_which() {
        NotificationId first = NotificationId.at(1, 2, 3);

        assertThat(DeliveryPolicy.examine(new Circumstances(OF_SECURITY_ALERT, new Unset(), first, null)))
                .containsExactly(
                        new Finding(Rule.PREFERENCES, "security_alert can't be switched off", Verdict.SEND),
                        new Finding(Rule.DUPLICATE, "a copy of " + first, Verdict.SUPPRESS),
                        new Finding(Rule.SUPPRESSION, "the address isn't suppressed", Verdict.SEND));
    }

    @Test
    void the_first_of_its_kind_is_no_copy() {
        assertThat(DeliveryPolicy.examine(new Circumstances(OF_WELCOME, new Unset(), null, null)))
                .contains(new Finding(Rule.DUPLICATE, "no recent copy", Verdict.SEND));
    }

    @Test
    void every_rule_is_asked_even_if_one_suppresses() {
        assertThat(DeliveryPolicy.examine(
                        new Circumstances(OF_WELCOME, chosen(WELCOME, false), NotificationId.at(1, 2, 3), MANUAL)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.SUPPRESS, Verdict.SUPPRESS, Verdict.SUPPRESS);
    }

    @Test
    void nothing_is_sent_to_an_address_that_does_not_exist() {
        assertThat(DeliveryPolicy.suppression(false, suppressed(SuppressionReason.BOUNCED)))
                .isEqualTo(new Finding(
                        Rule.SUPPRESSION,
                        "the address is suppressed: bounced, by sendgrid, since 2026-03-01T12:00:00Z",
                        Verdict.SUPPRESS));
    }

    @ParameterizedTest
    @EnumSource(
            value = SuppressionReason.class,
            names = {"COMPLAINED", "UNSUBSCRIBED"})
    void who_has_had_enough_still_gets_what_cannot_be_switched_off(SuppressionReason reason) {
        assertThat(DeliveryPolicy.suppression(true, suppressed(reason)).verdict())
                .isEqualTo(Verdict.SUPPRESS);
        assertThat(DeliveryPolicy.suppression(false, suppressed(reason)).verdict())
                .isEqualTo(Verdict.SEND);
    }

    private static final Suppression MANUAL = suppressed(SuppressionReason.MANUAL);

    private static Suppression suppressed(SuppressionReason reason) {
        return new Suppression(reason, "sendgrid", Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static List<Finding> about(Category category, NotificationPreferences preferences) {
        return DeliveryPolicy.examine(new Circumstances(category, preferences, null, null)).stream()
                .filter(finding -> finding.rule() == Rule.PREFERENCES)
                .toList();
    }

    private static NotificationPreferences chosen(NotificationType type, boolean on) {
        return new Chosen(new PreferencesId(new UserId("u-1")), Map.of(type, on));
    }
}
