package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTest {
    private static final Tree COMPOSE = Repository.yaml("infra/compose.yaml");
    private static final Map<String, Tree> SERVICES = COMPOSE.at("services").children();

    @Test
    void the_services_networks_and_volumes_are_those_of_the_documentation() {
        assertThat(SERVICES)
                .containsOnlyKeys(
                        "tidings", "primary", "standby", "rabbitmq", "mailpit", "prometheus", "grafana", "tempo");
        assertThat(COMPOSE.at("networks").keys()).containsExactly("backnet", "frontnet");
        assertThat(COMPOSE.at("volumes").keys()).contains("pg_data_primary", "pg_data_standby", "rabbitmq_data");
        assertThat(COMPOSE.at("networks").at("backnet").at("internal").text()).isEqualTo("true");
    }

    @Test
    void databases_are_on_the_inner_network_only() {
        for (String database : List.of("primary", "standby")) {
            assertThat(service(database).at("networks").texts()).containsExactly("backnet");
            assertThat(service(database).find("ports")).isEmpty();
        }
        assertThat(service("tidings").at("networks").texts()).contains("frontnet", "backnet");
    }

    @Test
    void what_is_published_is_published_to_this_machine_only_unless_asked_otherwise() {
        assertThat(service("tidings").at("ports").texts()).containsExactly("${PUBLISH_ADDRESS:-127.0.0.1}:8001:8080");
        assertThat(service("rabbitmq").at("ports").texts()).contains("127.0.0.1:15673:15672");
        assertThat(SERVICES.values().stream().flatMap(service -> texts(service, "ports")))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:") || port.startsWith("${PUBLISH_ADDRESS:-127.0.0.1}:"));
    }

    @Test
    void every_image_is_pinned_to_a_version() {
        assertThat(SERVICES.values())
                .extracting(service -> service.at("image").text())
                .allMatch(ComposeTest::pinned);
    }

    @Test
    void a_name_without_a_full_version_does_not_count_as_pinned() {
        assertThat(Stream.of("postgres", "postgres:latest", "postgres:18", "grafana/grafana:main"))
                .noneMatch(ComposeTest::pinned);
    }

    @Test
    void every_service_is_confined() {
        assertThat(SERVICES.values()).allSatisfy(service -> {
            assertThat(service.at("restart").text()).isEqualTo("unless-stopped");
            assertThat(service.at("cap_drop").texts()).containsExactly("ALL");
            assertThat(service.at("security_opt").texts()).containsExactly("no-new-privileges:true");
            assertThat(service.at("logging").at("options").keys()).containsExactly("max-file", "max-size");
            assertThat(service.at("deploy").at("resources").at("limits").keys())
                    .containsExactly("cpus", "memory", "pids");
            assertThat(service.find("stop_grace_period")).isPresent();
        });
    }

    @Test
    void all_but_rabbitmq_have_a_read_only_file_system() {
        assertThat(SERVICES.entrySet())
                .filteredOn(service -> service.getValue().find("read_only").isEmpty())
                .extracting(Map.Entry::getKey)
                .containsExactly("rabbitmq");
    }

    @Test
    void tidings_is_given_the_time_that_it_takes_to_finish() {
        String phase = Repository.yaml("src/main/resources/application.yaml")
                .at("spring")
                .at("lifecycle.timeout-per-shutdown-phase")
                .text();

        assertThat(seconds(service("tidings").at("stop_grace_period").text())).isGreaterThan(2 * seconds(phase));
    }

    @Test
    void what_is_waited_for_can_tell_its_health() {
        for (Tree service : SERVICES.values()) {
            service.find("depends_on").map(Tree::children).orElse(Map.of()).forEach((name, condition) -> {
                assertThat(condition.at("condition").text()).isEqualTo("service_healthy");
                assertThat(service(name).at("healthcheck").at("test").texts().getFirst())
                        .isEqualTo("CMD");
            });
        }
        assertThat(service("tidings").at("depends_on").keys())
                .containsExactly("mailpit", "primary", "rabbitmq", "standby");
    }

    @Test
    void every_mounted_file_is_in_the_repository_or_made_by_ssl_setup(@TempDir Path directory) {
        Secrets secrets = Secrets.makeIn(directory);
        Stream<String> mounts = SERVICES.values().stream()
                .flatMap(service -> texts(service, "volumes"))
                .map(mount -> mount.split(":", 2)[0])
                .filter(source -> source.startsWith("."));
        Stream<String> secretFiles = COMPOSE.at("secrets").children().values().stream()
                .map(secret -> secret.at("file").text());
        Stream<String> environments = SERVICES.values().stream().flatMap(service -> texts(service, "env_file"));

        assertThat(Stream.of(mounts, secretFiles, environments).flatMap(files -> files))
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(onDisk(file, secrets)).exists());
    }

    @Test
    void named_volumes_and_networks_and_secrets_are_declared_and_used() {
        assertThat(used("networks"))
                .containsExactlyInAnyOrderElementsOf(COMPOSE.at("networks").keys());
        assertThat(used("secrets"))
                .containsExactlyInAnyOrderElementsOf(COMPOSE.at("secrets").keys());
        assertThat(SERVICES.values().stream()
                        .flatMap(service -> texts(service, "volumes"))
                        .map(mount -> mount.split(":", 2)[0])
                        .filter(source -> !source.startsWith(".")))
                .containsExactlyInAnyOrderElementsOf(COMPOSE.at("volumes").keys());
    }

    @Test
    void every_script_can_be_run() {
        assertThat(Repository.filesIn("config", "infra"))
                .filteredOn(file ->
                        file.toString().endsWith(".sh") || file.toString().contains("/bin/"))
                .isNotEmpty()
                .allMatch(Files::isExecutable);
    }

    private static Tree service(String name) {
        return COMPOSE.at("services").at(name);
    }

    private static Stream<String> texts(Tree service, String key) {
        return service.find(key).map(Tree::texts).orElse(List.of()).stream();
    }

    private static List<String> used(String kind) {
        return SERVICES.values().stream()
                .flatMap(service -> service.find(kind).map(Tree::items).orElse(List.of()).stream())
                .map(item -> item.isText() ? item.text() : item.at("source").text())
                .distinct()
                .toList();
    }

    private static Path onDisk(String source, Secrets secrets) {
        String secret = "../config/secrets/";
        return source.startsWith(secret)
                ? secrets.path(source.substring(secret.length()))
                : Repository.path("infra").resolve(source).normalize();
    }

    private static boolean pinned(String image) {
        return image.matches("[^:]+:v?\\d+\\.\\d+\\S*");
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replace("s", ""));
    }
}
