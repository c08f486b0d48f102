package dev.tidings.application.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.delivery.ProviderChoices;
import dev.tidings.application.delivery.ProviderChoices.Choice;
import dev.tidings.domain.notification.ProviderName;
import dev.tidings.domain.provider.ProviderPolicy.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for operators' choices, whatever keeps them. */
public abstract class ProviderChoicesContract {

    private static final ProviderName SMTP = new ProviderName("smtp");
    private static final ProviderName OTHER = new ProviderName("other");

    /** As another node sees them. */
    protected abstract ProviderChoices choices();

    @Test
    void what_is_left_out_stays_as_it_was_chosen_before() {
        assertThat(choices().all()).isEmpty();

        choices().choose(SMTP, new Choice(1, null, null));
        choices().choose(SMTP, new Choice(null, 0, Mode.DRAINING));
        choices().choose(SMTP, new Choice(null, null, null));
        choices().choose(OTHER, new Choice(null, null, Mode.INACTIVE));

        assertThat(choices().all())
                .isEqualTo(Map.of(
                        SMTP, new Choice(1, 0, Mode.DRAINING),
                        OTHER, new Choice(null, null, Mode.INACTIVE)));
    }

    @Test
    void the_latest_choice_holds() {
        choices().choose(SMTP, new Choice(1, 2, Mode.INACTIVE));
        choices().choose(SMTP, new Choice(3, 4, Mode.ACTIVE));

        assertThat(choices().all()).isEqualTo(Map.of(SMTP, new Choice(3, 4, Mode.ACTIVE)));
    }
}
