package dev.tidings.adapters.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.adapters.providers.Outgoing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretionTest {

    private final Discretion discretion = new Discretion(List.of("s3cret-token", ""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The 'To' number +4915112345678 is not valid | The 'To' number <…> is not valid",
                "no route to 0049 (151) 1234-5678.           | no route to <…>.",
                "Error 21211: see docs                       | Error 21211: see docs",
                "ADA@EXAMPLE.ORG bounced                     | <…> bounced",
                "mailto ada%40example.org                    | mailto <…>",
                "see https://api.example.com/x?key=1 now     | see <…> now",
                "token S3CRET-TOKEN is wrong                 | token <…> is wrong",
                "<b>bold</b> words                           | <…>bold<…> words",
                "code 123456 was sent                        | code <…> was sent"
            })
    void what_names_somebody_is_taken_out(String words, String left) {
        assertThat(discretion.about(words)).isEqualTo(left);
    }

    @Test
    void what_the_message_says_is_taken_out() {
        assertThat(discretion.about(
                        Outgoing.fromTemplate(Outgoing.EMAIL, "any", Map.of("name", "Grace", "no", "1")),
                        "grace at ADA.LOVELACE, 1 mail for ada lovelace: " + Outgoing.TEXT + "!"))
                .isEqualTo("<…> at <…>, 1 mail for <…>: <…>!");
    }

    @Test
    void it_is_one_line_and_not_a_long_one() {
        assertThat(discretion.about("a\r\n\tb\u0000c")).isEqualTo("a b c");
        assertThat(discretion.about("word ".repeat(100_000))).hasSize(200).endsWith("…");
    }
}
