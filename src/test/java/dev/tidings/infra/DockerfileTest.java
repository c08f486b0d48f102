package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private static final String ALL =
            Repository.text("infra/Dockerfile").replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
    private static final String LAST_STAGE = ALL.substring(ALL.lastIndexOf("\nFROM ") + 1);

    @Test
    void the_images_it_starts_from_are_pinned_to_a_version_of_java_25() {
        assertThat(instructions(ALL, "FROM"))
                .hasSize(2)
                .allMatch(from -> from.matches("\\S+:25\\.\\d+\\.\\d+\\S*( AS build)?"));
    }

    @Test
    void it_runs_as_nobody_special() {
        assertThat(instructions(LAST_STAGE, "USER"))
                .singleElement()
                .satisfies(user -> assertThat(user).matches("[1-9]\\d{3,}:[1-9]\\d{3,}"));
        assertThat(LAST_STAGE.indexOf("\nUSER ")).isGreaterThan(LAST_STAGE.lastIndexOf("\nRUN "));
    }

    @Test
    void signals_reach_the_jvm() {
        assertThat(instructions(LAST_STAGE, "ENTRYPOINT"))
                .singleElement()
                .satisfies(entrypoint -> assertThat(entrypoint)
                        .startsWith("[\"")
                        .endsWith("\"]")
                        .contains("\"java\", \"@/app/java.options\"")
                        .doesNotContain("\"sh\"", "\"-c\""));
    }

    @Test
    void its_health_is_checked_by_what_the_image_has() {
        assertThat(instructions(LAST_STAGE, "HEALTHCHECK"))
                .singleElement()
                .satisfies(check ->
                        assertThat(check).contains("CMD [\"/app/ready\"").doesNotContain("curl", "wget"));
        assertThat(Repository.path("infra/container/ready")).isExecutable();
    }

    @Test
    void what_changes_least_comes_first() {
        assertThat(instructions(LAST_STAGE, "COPY --from=build"))
                .extracting(copy -> copy.split(" ", 2)[0])
                .containsExactly(
                        "/layers/dependencies/",
                        "/layers/spring-boot-loader/",
                        "/layers/snapshot-dependencies/",
                        "/layers/application/");
    }

    @Test
    void what_is_copied_is_let_into_the_build() {
        List<String> let = Repository.matches("^!(.*)$", Repository.text("infra/Dockerfile.dockerignore"));
        List<String> copied = Repository.matches("^COPY (?!--)(.*) \\S+$", ALL).stream()
                .flatMap(sources -> List.of(sources.split(" ")).stream())
                .toList();

        assertThat(Repository.text("infra/Dockerfile.dockerignore")).contains("\n*\n");
        assertThat(copied).isNotEmpty().allSatisfy(source -> {
            assertThat(Repository.path(source)).exists();
            assertThat(let).anyMatch(path -> source.equals(path) || source.startsWith(path + "/"));
        });
        assertThat(let).noneMatch(path -> path.startsWith("config") || path.startsWith("var"));
    }

    @Test
    void it_says_what_it_is() {
        assertThat(Repository.matches("(org\\.opencontainers\\.image\\.\\w+)=", LAST_STAGE))
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision");
    }

    @Test
    void the_options_of_the_jvm_are_options_that_it_knows() {
        Repository.Run java = Repository.run(
                Map.of(),
                System.getProperty("java.home") + "/bin/java",
                "@infra/java.options",
                "-XX:MaxRAMPercentage=60",
                "--version");

        assertThat(java.status()).as(java.output()).isZero();
        assertThat(java.output()).doesNotContainIgnoringCase("warning");
    }

    private static List<String> instructions(String text, String name) {
        return Repository.matches("^" + name + " (.*)$", text);
    }
}
