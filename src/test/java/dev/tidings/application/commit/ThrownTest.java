package dev.tidings.application.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;

class ThrownTest {

    @Test
    void what_was_thrown_is_found_under_its_wrappings() {
        IOException thrown = new IOException("broken pipe", new IllegalStateException("its own cause"));
        CompletionException wrapped =
                new CompletionException(new CommandExecutionException("failed", new CompletionException(thrown)));

        assertThat(Thrown.cause(wrapped)).isSameAs(thrown);
    }

    @Test
    void a_wrapping_around_nothing_is_what_was_thrown() {
        CommandExecutionException empty = new CommandExecutionException("failed", null);

        assertThat(Thrown.cause(empty)).isSameAs(empty);
    }

    @Test
    void it_can_be_thrown_anywhere() {
        IllegalStateException unchecked = new IllegalStateException();
        IOException checked = new IOException();
        StackOverflowError error = new StackOverflowError();

        assertThat(Thrown.unchecked(new CompletionException(unchecked))).isSameAs(unchecked);
        assertThat(Thrown.unchecked(checked))
                .isInstanceOf(UndeclaredThrowableException.class)
                .hasCause(checked);
        assertThatThrownBy(() -> Thrown.unchecked(error)).isSameAs(error);
    }
}
