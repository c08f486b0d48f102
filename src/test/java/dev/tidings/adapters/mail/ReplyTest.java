package dev.tidings.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 no such user    | 550 5.1.1  | no such user
            550 no such user          | 550        | no such user
            550-5.1.1 no such user    | 550 5.1.1  | no such user
            450 4.2.10 slow           | 450 4.2.10 | slow
            550 5.1.1                 | 550 5.1.1  | ''
            550 5.1.1x                | 550        | 5.1.1x
            550 15.1.1 odd            | 550        | 15.1.1 odd
            550                       | 550        | ''
            """)
    void the_enhanced_code_is_told_with_the_basic_one(String text, String codes, String words) {
        Reply reply = new Reply(Integer.parseInt(text.substring(0, 3)), text);

        assertThat(reply.codes()).isEqualTo(codes);
        assertThat(reply.words()).isEqualTo(words);
    }

    @Test
    void several_lines_become_one() {
        assertThat(new Reply(550, "550-5.7.1 we don't\n550-5.7.1 take\n550 5.7.1 this\n").words())
                .isEqualTo("we don't take this");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            250 2.0.0 Ok: queued as 4F9D195432E                        | 4F9D195432E
            250 2.0.0 Ok: queued as 4ZxYwV1b2Cz9sQ                     | 4ZxYwV1b2Cz9sQ
            250 OK id=1tRfKq-000000001Ab-2cDe                          | 1tRfKq-000000001Ab-2cDe
            250 2.0.0 5A1BCdEf012345 Message accepted for delivery     | 5A1BCdEf012345
            250 Ok 0102018f0a1b2c3d-4e5f6071-8293-a4b5-c6d7-e8f9-000000 | 0102018f0a1b2c3d-4e5f6071-8293-a4b5-c6d7-e8f9-000000
            """)
    void a_queue_id_is_found_where_the_usual_relays_put_it(String text, String id) {
        assertThat(new Reply(250, text).queueId()).contains(id);
    }

    @ParameterizedTest
    @CsvSource({"250 2.0.0 Ok", "250 Message received", "250 queued as <ada@example.org>"})
    void a_reply_without_a_queue_id_has_none(String text) {
        assertThat(new Reply(250, text).queueId()).isEmpty();
    }
}
