package dev.tidings.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProviderNameTest {

    @Test
    void it_is_told_as_it_was_given() {
        assertThat(new ProviderName("smtp")).hasToString("smtp");
    }
}
