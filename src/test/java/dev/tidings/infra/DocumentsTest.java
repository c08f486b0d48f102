package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_to_a_file_leads_somewhere(Path document) {
        assertThat(deadLinks(document, Repository.text(document))).isEmpty();
    }

    @Test
    void a_dead_link_is_noticed() {
        assertThat(deadLinks(
                        Repository.path("docs/map.md"),
                        "[a](glossary.md) [b](../README.md#api) [c](gone.md) [d](../README.md#gone)"
                                + " [e](https://gone.example)"))
                .containsExactly("gone.md", "../README.md#gone");
    }

    @Test
    void every_variable_that_tidings_reads_is_in_the_readme() {
        List<String> read =
                Repository.matches("\\$\\{([A-Z][A-Z0-9_]*)", Repository.text("src/main/resources/application.yaml"));
        String readme = Repository.text("README.md");
        assertThat(read)
                .hasSizeGreaterThan(15)
                .allSatisfy(variable -> assertThat(readme.contains("`" + variable + "`"))
                        .as(variable)
                        .isTrue());
    }

    @Test
    void the_glossary_is_in_order() {
        assertThat(Repository.matches("^\\| \\*\\*([^*]+)\\*\\*", Repository.text("docs/glossary.md")))
                .hasSizeGreaterThan(50)
                .isSorted();
    }

    static Stream<Path> documents() {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "config/README.md")
                                .map(Repository::path),
                        Repository.filesIn("docs").stream())
                .filter(file -> file.toString().endsWith(".md"));
    }

    private static List<String> deadLinks(Path document, String text) {
        return Repository.matches("\\]\\(([^)\\s]+)\\)", text).stream()
                .filter(link -> !link.startsWith("https:") && !link.startsWith("http:"))
                .filter(link -> !leadsSomewhere(document, link.split("#", 2)))
                .toList();
    }

    private static boolean leadsSomewhere(Path document, String[] link) {
        Path target = link[0].isEmpty() ? document : document.resolveSibling(link[0]);
        return Files.exists(target)
                && (link.length == 1 || anchors(Repository.text(target)).contains(link[1]));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(String text) {
        return Repository.matches("^#+ (.*)$", text).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
