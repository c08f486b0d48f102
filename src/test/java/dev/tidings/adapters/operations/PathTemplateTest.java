package dev.tidings.adapters.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/notifications/{id:(?!send$|history$).*}/timeline /notifications/{id}/timeline",
                "/years/{year:[0-9]{4}} /years/{year}",
                "/notifications/history/{userid} /notifications/history/{userid}",
                "/files/{*path} /files/{path}",
                "/broker/ping /broker/ping",
                "/** /**"
            })
    void a_template_shows_its_variables_names_only(String pattern, String readable) {
        assertThat(PathTemplate.readable(pattern)).isEqualTo(readable);
    }
}
