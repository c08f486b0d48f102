package dev.tidings.domain.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.UserId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PreferencesIdTest {

    @Property
    void two_people_never_share_preferences(@ForAll("people") UserId one, @ForAll("people") UserId other) {
        assertThat(new PreferencesId(one).toString().equals(new PreferencesId(other).toString()))
                .isEqualTo(one.equals(other));
    }

    @Property
    void the_id_of_preferences_is_never_that_of_a_notification(@ForAll long millis, @ForAll long random) {
        NotificationId notification = NotificationId.at(millis, random, random);

        assertThat(new PreferencesId(new UserId(notification.toString())).toString())
                .isNotEqualTo(notification.toString())
                .startsWith("preferences/");
    }

    @Provide
    Arbitrary<UserId> people() {
        return Arbitraries.strings()
                .withChars("a/%-1")
                .ofMinLength(1)
                .ofMaxLength(3)
                .map(UserId::new);
    }
}
