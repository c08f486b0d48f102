package dev.tidings.adapters.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormsTest {

    @Test
    void a_form_is_read_as_it_was_written() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", "+49 30");
        fields.put("a&b", "=é&%+");

        String encoded = Form.encoded(fields);

        assertThat(encoded).isEqualTo("To=%2B49+30&a%26b=%3D%C3%A9%26%25%2B");
        assertThat(Form.first(Form.decoded(encoded), "a&b")).isEqualTo("=é&%+");
        assertThat(Form.first(Form.decoded(encoded), "To")).isEqualTo("+49 30");
    }

    @Test
    void a_field_may_come_more_than_once_or_without_a_value() {
        assertThat(Form.decoded("a=1&a=2&b&&c=").toString()).isEqualTo("{a=[1, 2], b=[], c=[]}");
        assertThatIllegalArgumentException().isThrownBy(() -> Form.decoded("a=%zz"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vendor.example",
                "ftp://vendor.example",
                "https://",
                "https://u:p@vendor.example",
                "https://vendor.example?a=b",
                "http:// vendor.example"
            })
    void an_address_that_is_none_is_refused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.of(address));
    }

    @Test
    void an_address_may_have_a_path_and_ends_without_a_slash() {
        assertThat(BaseUrl.of(" https://vendor.example/eu// ").at("/v1/" + BaseUrl.segment("a b/ü")))
                .hasToString("https://vendor.example/eu/v1/a%20b%2F%C3%BC");
    }

    @Test
    void what_is_no_json_is_missing() {
        assertThat(Json.read("{").isMissingNode()).isTrue();
        assertThat(Json.read("").isMissingNode()).isTrue();
        assertThat(Json.read("[".repeat(100_000)).isMissingNode()).isTrue();
        assertThat(Json.text(Json.read("{\"a\":7,\"b\":[],\"c\":null}"), "a")).isEqualTo("7");
        assertThat(Json.text(Json.read("{\"a\":7,\"b\":[],\"c\":null}"), "b")).isEmpty();
        assertThat(Json.text(Json.read("{\"a\":7,\"b\":[],\"c\":null}"), "c")).isEmpty();
    }
}
