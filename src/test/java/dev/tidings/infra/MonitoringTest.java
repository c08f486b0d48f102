package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitoringTest {
    private static final Tree PROMETHEUS = Repository.yaml("config/prometheus/prometheus.yml");
    private static final Tree DASHBOARD = Repository.yaml("config/grafana/dashboards/tidings.json");
    private static final Tree SERVICES = Repository.yaml("infra/compose.yaml").at("services");

    @Test
    void every_alert_says_how_urgent_it_is_what_is_wrong_and_what_to_do() {
        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.at("alert").text()).matches("[A-Z]\\w+");
            assertThat(alert.at("labels").at("severity").text()).isIn("page", "ticket");
            assertThat(alert.at("annotations").at("summary").text()).isNotBlank();
            assertThat(alert.at("annotations").at("action").text()).isNotBlank();
        });
        assertThat(alerts()).extracting(alert -> alert.at("alert").text()).doesNotHaveDuplicates();
    }

    @Test
    void expressions_close_what_they_open() {
        assertThat(expressions()).hasSizeGreaterThan(30).allSatisfy(expression -> {
            assertThat(count(expression, '(')).as(expression).isEqualTo(count(expression, ')'));
            assertThat(count(expression, '{')).as(expression).isEqualTo(count(expression, '}'));
            assertThat(count(expression, '[')).as(expression).isEqualTo(count(expression, ']'));
            assertThat(count(expression, '"') % 2).as(expression).isZero();
        });
    }

    @Test
    void an_alert_names_only_labels_that_its_expression_keeps() {
        assertThat(alerts()).allSatisfy(alert -> {
            Set<String> kept = Repository.matches(
                            "by \\(([^)]*)\\)", alert.at("expr").text())
                    .stream()
                    .flatMap(labels -> Stream.of(labels.split(",\\s*")))
                    .collect(Collectors.toSet());
            assertThat(kept)
                    .as(alert.at("alert").text())
                    .containsAll(Repository.matches(
                            "\\$labels\\.(\\w+)",
                            alert.at("annotations").at("summary").text()));
        });
    }

    @Test
    void what_is_scraped_is_a_service_of_the_set_up() {
        assertThat(PROMETHEUS.at("rule_files").texts())
                .allSatisfy(file ->
                        assertThat(Repository.path("config/prometheus/" + file)).exists());
        assertThat(PROMETHEUS.at("scrape_configs").items())
                .flatExtracting(MonitoringTest::hosts)
                .hasSize(4)
                .allSatisfy(host -> assertThat(host).isIn(withLocalhost(SERVICES.keys())));
    }

    @Test
    void prometheus_shows_the_token_that_it_was_given() {
        String file = PROMETHEUS
                .at("scrape_configs")
                .items()
                .getFirst()
                .at("authorization")
                .at("credentials_file")
                .text();

        assertThat(SERVICES.at("prometheus").at("secrets").texts()).contains(file.replace("/run/secrets/", ""));
    }

    @Test
    void the_dashboard_asks_a_source_that_is_provisioned() {
        List<String> sources =
                Repository.yaml("config/grafana/provisioning/datasources/datasources.yaml")
                        .at("datasources")
                        .items()
                        .stream()
                        .map(source -> source.at("uid").text())
                        .toList();

        assertThat(panels())
                .hasSizeGreaterThan(10)
                .allSatisfy(panel ->
                        assertThat(panel.at("datasource").at("uid").text()).isIn(sources));
        assertThat(DASHBOARD.at("panels").items())
                .extracting(panel -> panel.at("id").text())
                .doesNotHaveDuplicates();
    }

    private static List<Tree> alerts() {
        return Repository.yaml("config/prometheus/alerts.yml").at("groups").items().stream()
                .flatMap(group -> group.at("rules").items().stream())
                .toList();
    }

    private static List<Tree> panels() {
        return DASHBOARD.at("panels").items().stream()
                .filter(panel -> !panel.at("type").text().equals("row"))
                .toList();
    }

    private static Stream<String> expressions() {
        return Stream.concat(
                alerts().stream().map(alert -> alert.at("expr").text()),
                panels().stream()
                        .flatMap(panel -> panel.at("targets").items().stream())
                        .map(target -> target.at("expr").text()));
    }

    private static List<String> hosts(Tree scrape) {
        Stream<String> fixed = scrape.find("static_configs").map(Tree::items).orElse(List.of()).stream()
                .flatMap(targets -> targets.at("targets").texts().stream())
                .map(target -> target.split(":", 2)[0]);
        Stream<String> found = scrape.find("dns_sd_configs").map(Tree::items).orElse(List.of()).stream()
                .flatMap(names -> names.at("names").texts().stream());
        return Stream.concat(fixed, found).toList();
    }

    private static Set<String> withLocalhost(Set<String> services) {
        return Stream.concat(services.stream(), Stream.of("localhost")).collect(Collectors.toSet());
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
