package dev.tidings.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.application.InvalidInput.FieldError;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private final Fields fields = new Fields();

    @Test
    void what_can_be_used_is_given_back() {
        @Nullable Integer count = fields.required("count", "42", Integer::valueOf);
        @Nullable Integer limit = fields.optional("limit", "7", Integer::valueOf);
        @Nullable Integer absent = fields.optional("limit", null, Integer::valueOf);
        @Nullable Integer blank = fields.optional("limit", " ", Integer::valueOf);

        assertThat(Arrays.asList(count, limit, absent, blank)).containsExactly(42, 7, null, null);
        fields.check();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_in_the_order_of_asking() {
        fields.required("count", null, Integer::valueOf);
        fields.required("size", "  ", Integer::valueOf);
        fields.optional("limit", "many", text -> {
            throw new IllegalArgumentException("must be a number");
        });
        fields.required("page", "first", text -> {
            throw new IllegalArgumentException();
        });
        fields.wrong("body", "is too long");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(fields::check)
                .withMessage("count is missing; size is missing; limit must be a number; page is not valid;"
                        + " body is too long")
                .extracting(InvalidInput::errors)
                .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
                .hasSize(5)
                .contains(new FieldError("limit", "must be a number"));
    }
}
