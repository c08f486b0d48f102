package dev.tidings.adapters.postgres;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Many rows in one statement: a column of them is one array parameter, which the SQL unnests. The statement's text
 * doesn't depend on how many rows there are, so that it is planned once.
 */
final class Batch<T> {

    private final Collection<T> rows;
    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String type, Function<T, ?> value) {}

    private Batch(Collection<T> rows) {
        this.rows = rows;
    }

    static <T> Batch<T> of(Collection<T> rows) {
        return new Batch<>(rows);
    }

    /** {@code value} may yield null; what it yields is written as its text. */
    Batch<T> with(String type, Function<T, ? extends @Nullable Object> value) {
        columns.add(new Column<>(type, value));
        return this;
    }

    /** {@code more} are parameters that come after the columns. */
    int update(JdbcTemplate jdbc, String sql, Object... more) {
        return rows.isEmpty() ? 0 : jdbc.update(statement(sql, more));
    }

    PreparedStatementCreator statement(String sql, Object... more) {
        return connection -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, connection.createArrayOf(columns.get(i).type, values(columns.get(i))));
            }
            for (int i = 0; i < more.length; i++) {
                statement.setObject(columns.size() + i + 1, more[i]);
            }
            return statement;
        };
    }

    /** As strings, columns of text go to the database as they are; all others as a text that it has to parse. */
    private @Nullable Object[] values(Column<T> column) {
        @Nullable Object[] values = column.type.equals("text") ? new String[rows.size()] : new Object[rows.size()];
        int i = 0;
        for (T row : rows) {
            Object value = column.value.apply(row);
            values[i++] =
                    value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
        }
        return values;
    }
}
