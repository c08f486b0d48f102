package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ada@example.com                             | ***
            550 5.1.1 <ada@example.com>: unknown        | 550 5.1.1 <***>: unknown
            to ada@example.com.                         | to ***.
            to ada@example.com...                       | to ***...
            to=ada.lovelace+x@mail.example.co.uk, done  | to=***, done
            a@b.cd and e@f.gh                           | *** and ***
            a@b.cd,e@f.gh                               | ***,***
            ädä@exämple.com                             | ***
            amqp://tidings:secret@rabbit.example:5672   | amqp://tidings:***:5672
            "{""email"":""ada@example.com""}"           | "{""email"":""***""}"
            """)
    void addresses_are_taken_out(String text, String masked) {
        assertThat(PersonalData.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no address here",
                "dev.tidings.Something@1f2e3d4c",
                "@Component public class",
                "ada@localhost",
                "ada@",
                "@example.com",
                "ada@.com",
                "@@@...@"
            })
    void other_text_stays_as_it_is(String text) {
        assertThat(PersonalData.masked(text)).isEqualTo(text);
    }

    @Test
    @Timeout(5)
    void long_text_takes_no_time() {
        String nasty = "a".repeat(100_000) + "@" + "b".repeat(100_000) + "@".repeat(100_000);

        assertThat(PersonalData.masked(nasty)).isEqualTo(nasty);
    }

    @Test
    void spans_of_time_are_readable() {
        assertThat(Spans.of(Duration.ofMillis(12))).isEqualTo("12 ms");
        assertThat(Spans.of(Duration.ofMillis(3_400))).isEqualTo("3.4 s");
        assertThat(Spans.of(Duration.ofMinutes(5))).isEqualTo("5 min");
        assertThat(Spans.of(Duration.ofHours(49))).isEqualTo("49 h");
    }
}
