package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

class EnvironmentTest {
    private static final Tree TIDINGS =
            Repository.yaml("infra/compose.yaml").at("services").at("tidings");

    @ParameterizedTest
    @MethodSource("environmentFiles")
    void every_variable_of_a_sample_environment_is_read(Path file) throws IOException {
        assertThat(Repository.variables(file).keySet()).isNotEmpty().isSubsetOf(known());
    }

    @Test
    void every_variable_and_secret_that_compose_gives_to_tidings_is_read() throws IOException {
        assertThat(TIDINGS.at("environment").keys()).isNotEmpty().isSubsetOf(known());
        assertThat(TIDINGS.at("secrets").texts()).isNotEmpty().isSubsetOf(readByTidings());
    }

    @Test
    void a_variable_that_nobody_reads_is_noticed() throws IOException {
        assertThat(known())
                .contains("DATABASE_URL", "SPRING_PROFILES_ACTIVE")
                .doesNotContain("DATABASE_URI", "SPRING_PROFILE_ACTIVE");
    }

    @ParameterizedTest
    @MethodSource("environmentFiles")
    void a_sample_environment_explains_each_group_and_holds_no_secret(Path file) {
        assertThat(Repository.text(file).lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("# "));
        assertThat(Repository.variables(file)).allSatisfy((name, value) -> {
            assertThat(name).doesNotContainPattern("(PASSWORD|TOKEN|SECRET|KEY|DATABASE_URL|RABBITMQ_URL)$");
            assertThat(value).isNotBlank();
        });
    }

    @Test
    void no_secret_is_written_into_the_set_up() {
        assertThat(Repository.filesIn("infra", "config"))
                .hasSizeGreaterThan(15)
                .allSatisfy(file -> assertThat(Repository.text(file))
                        .as(file.toString())
                        .doesNotContain("-----BEGIN")
                        .doesNotContainPattern("://[^/\\s$]+:[^/\\s$]+@"));
        assertThat(environmentsOfAllServices()).allSatisfy((name, value) -> {
            if (name.matches(".*(PASSWORD|SECRET|TOKEN|KEY|AUTH)(_.*|$)")) {
                assertThat(value).as(name).startsWith("/run/secrets/");
            }
        });
    }

    @Test
    void a_secret_reaches_tidings_as_a_file_that_is_named_like_the_variable(@TempDir Path directory) {
        Secrets secrets = Secrets.makeIn(directory);
        Map<String, Object> variables = new HashMap<>();
        Repository.variables(Repository.path("config/production.env"))
                .forEach((name, value) ->
                        variables.put(name, value.replace("/run/secrets/", secrets.path("tidings/") + "/")));
        variables.remove("SPRING_PROFILES_ACTIVE");

        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);

        assertThat(environment.getProperty("tidings.database.url")).isEqualTo(secrets.text("tidings/DATABASE_URL"));
        assertThat(environment.getProperty("tidings.broker.url")).isEqualTo(secrets.text("tidings/RABBITMQ_URL"));
        assertThat(environment.getProperty("tidings.access.token")).isEqualTo(secrets.text("tidings/TIDINGS_TOKEN"));
        assertThat(environment.getProperty("tidings.mail.password")).isEqualTo(secrets.text("tidings/SMTP_PASSWORD"));
    }

    static List<Path> environmentFiles() {
        return Stream.of("dev", "staging", "production")
                .map(name -> Repository.path("config/" + name + ".env"))
                .toList();
    }

    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(readByTidings());
        known.addAll(readBySpring());
        known.add("JAVA_TOOL_OPTIONS");
        return known;
    }

    private static Set<String> readByTidings() {
        Set<String> names = new TreeSet<>();
        Repository.filesIn("src/main/resources").stream()
                .filter(file -> file.getFileName().toString().matches("application.*\\.(yaml|properties)"))
                .forEach(file -> names.addAll(Repository.matches("\\$\\{([A-Z][A-Z0-9_]*)", Repository.text(file))));
        return names;
    }

    /** Spring Boot describes its properties beside its classes; a variable is one of them in capitals, without dashes. */
    private static Set<String> readBySpring() throws IOException {
        Set<String> names = new TreeSet<>();
        for (URL description : Collections.list(
                EnvironmentTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = description.openStream()) {
                JsonMapper.shared()
                        .readTree(in)
                        .get("properties")
                        .forEach(property -> names.add(property.get("name")
                                .asString()
                                .toUpperCase(Locale.ROOT)
                                .replace("-", "")
                                .replace('.', '_')));
            }
        }
        return names;
    }

    private static Map<String, String> environmentsOfAllServices() {
        Map<String, String> all = new TreeMap<>();
        Repository.yaml("infra/compose.yaml")
                .at("services")
                .children()
                .forEach((name, service) -> service.find("environment")
                        .map(Tree::children)
                        .orElse(Map.of())
                        .forEach((variable, value) -> all.put(variable, value.text())));
        return all;
    }
}
