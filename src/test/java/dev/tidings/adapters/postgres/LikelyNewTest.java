package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.adapters.Batch;
import dev.tidings.testing.PrivatePostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LikelyNewTest {

    private static final DataSource DATABASE = PrivatePostgres.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final LikelyNew likelyNew = new LikelyNew();

    @BeforeEach
    void forgetEverybody() {
        jdbc.update("delete from recipient");
    }

    @Test
    void new_rows_are_inserted() {
        assertThat(insert(people("a", 20))).isTrue();
        assertThat(known()).isEqualTo(20);
    }

    @Test
    void of_few_rows_none_is() {
        assertThat(insert(people("a", 19))).isFalse();
        assertThat(known()).isZero();
    }

    @Test
    void where_one_is_known_none_is_inserted_and_the_transaction_goes_on() {
        insert(people("a", 20));
        List<String> withAKnownOne =
                IntStream.range(0, 25).mapToObj(i -> i == 12 ? "a-7" : "b-" + i).toList();

        boolean inserted = Boolean.TRUE.equals(transaction.execute(_ -> {
            jdbc.update("insert into recipient (user_id) values ('before')");
            boolean all = likelyNew.inserted(rows(withAKnownOne), "recipient", jdbc);
            jdbc.update("insert into recipient (user_id) values ('after')");
            return all;
        }));

        assertThat(inserted).isFalse();
        assertThat(known()).isEqualTo(22);
    }

    @Test
    void after_that_it_is_not_tried_for_a_while() {
        insert(people("a", 20));
        insert(people("a", 20));

        for (int i = 0; i < 100; i++) {
            assertThat(insert(people("b", 20))).isFalse();
        }
        assertThat(insert(people("b", 20))).isTrue();
    }

    @Test
    void what_else_is_wrong_with_a_row_is_told() {
        List<String> people = new ArrayList<>(people("a", 20));
        people.add(null);
        assertThatThrownBy(() -> insert(people)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(known()).isZero();
    }

    private boolean insert(List<String> people) {
        return Boolean.TRUE.equals(transaction.execute(_ -> likelyNew.inserted(rows(people), "recipient", jdbc)));
    }

    private static Batch<String> rows(List<String> people) {
        return Batch.of(people).with("user_id", "text", person -> person).with("name", "text", _ -> "Ada");
    }

    private static List<String> people(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + "-" + i).toList();
    }

    private int known() {
        return jdbc.queryForList("select user_id from recipient").size();
    }
}
