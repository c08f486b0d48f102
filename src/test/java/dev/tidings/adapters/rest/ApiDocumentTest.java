package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.notification.NotificationRequestAggregate;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.notification.Failure;
import dev.tidings.domain.notification.NotificationCommand.RecordAttempt;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.SendOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiDocumentTest {

    private static ServedFromMemory api;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
        document = api.get("/v3/api-docs").is(200).json();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    record Operation(String method, String path, JsonNode said) {}

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.at("/paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, said) -> operations.add(new Operation(method, path, said))));
        return operations;
    }

    @Test
    void it_is_openapi_3_1_about_every_call_and_nothing_else() {
        assertThat(document.at("/openapi").asString()).startsWith("3.1");
        assertThat(document.at("/info/title").asString()).isEqualTo("Tidings");
        assertThat(operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactlyInAnyOrder(
                        "post /notifications/send",
                        "post /notifications/batch",
                        "get /notifications",
                        "delete /notifications/{id}",
                        "patch /notifications/{id}",
                        "post /notifications/{id}/cancel",
                        "post /notifications/{id}/resolve",
                        "post /notifications/{id}/redrive",
                        "post /notifications/redrive",
                        "get /notifications/redrive/{run}",
                        "get /notifications/{id}",
                        "get /notifications/{id}/timeline",
                        "get /notifications/history/{userid}",
                        "post /notifications/preferences",
                        "put /notifications/preferences/{userid}",
                        "get /notifications/preferences/{userid}",
                        "get /ledger",
                        "post /views/rebuild",
                        "get /views/rebuild",
                        "get /parked",
                        "get /parked/{message}",
                        "delete /parked/{message}",
                        "post /parked/redrive",
                        "get /suppressions",
                        "post /suppressions",
                        "get /suppressions/{channel}/{address}",
                        "delete /suppressions/{channel}/{address}",
                        "get /users/{userid}/contact-points",
                        "post /users/{userid}/contact-points",
                        "delete /users/{userid}/contact-points/{id}",
                        "get /providers",
                        "get /providers/{name}",
                        "patch /providers/{name}");
    }

    @Test
    void every_call_says_what_it_is_for_and_what_may_go_wrong() {
        for (Operation operation : operations()) {
            assertThat(operation.said().at("/summary").asString()).isNotEmpty();
            assertThat(operation.said().at("/tags/0").asString())
                    .isIn(
                            "Notifications",
                            "Preferences",
                            "Ledger",
                            "Parked messages",
                            "Contact points",
                            "Suppressions",
                            "Providers");
            assertThat(operation.said().at("/responses").propertyNames()).contains("400", "401", "500", "503");
            operation.said().at("/responses").forEachEntry((status, response) -> {
                if (status.equals("204")) {
                    assertThat(response.has("content")).isFalse();
                    return;
                }
                String schema = response.at("/content/"
                                + (status.startsWith("2") ? "application~1json" : "application~1problem+json")
                                + "/schema/$ref")
                        .asString();
                assertThat(schema).as(operation + " " + status).startsWith("#/components/schemas/");
                assertThat(schema.endsWith("/Problem")).isEqualTo(!status.startsWith("2"));
            });
        }
    }

    @Test
    void every_reference_leads_somewhere_and_every_property_is_described_or_shown() {
        document.findValuesAsString("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
        document.at("/components/schemas").forEachEntry((name, schema) -> {
            assertThat(schema.at("/description").asString()).as(name).isNotEmpty();
            schema.at("/properties")
                    .forEachEntry((property, said) -> assertThat(said.has("description")
                                    || said.has("example")
                                    || said.has("$ref")
                                    || said.has("items"))
                            .as(name + "." + property)
                            .isTrue());
        });
    }

    @Test
    void the_token_is_the_way_in() {
        assertThat(document.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").propertyNames()).containsExactly("token");
    }

    @Test
    void every_example_of_a_body_is_accepted() {
        String scheduled =
                api.post("/notifications/send", Examples.SEND_LATER).is(202).at("/notification_id");
        String held = somethingHeld();
        List<Operation> createdBeforeChanged = operations().stream()
                .sorted(Comparator.comparing(Operation::method))
                .toList();
        int tried = 0;
        for (Operation operation : createdBeforeChanged) {
            String path = operation
                    .path()
                    .replace("{userid}", "a1b2c3d4e5f6789012345678901234ab")
                    .replace("{name}", "scripted")
                    .replace("{id}", operation.path().endsWith("/resolve") ? held : scheduled);
            for (JsonNode example : examples(operation)) {
                Answer answer = switch (operation.method()) {
                    case "put" -> api.put(path, example.toString());
                    case "patch" -> api.patch(path, example.toString());
                    default -> api.post(path, example.toString());
                };
                assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
                tried++;
            }
        }
        assertThat(tried).isEqualTo(17);
    }

    /** Of a type that is not resent; the engine is not running, so nobody is faster. */
    private static String somethingHeld() {
        String id = api.post("/notifications/send", """
                {"notification_type": "marketing", "recipient_email": "ada@example.org", "subject": "Buy",
                 "content": "Buy!"}""").is(202).at("/notification_id");
        api.tidings.units.inOneCommit(() -> api.tidings.units.dispatch(
                new RecordAttempt(
                        NotificationId.of(id),
                        1,
                        null,
                        new SendOutcome.Unknown(new Failure("interrupted", "nobody knows")),
                        null,
                        api.tidings.clock.instant(),
                        List.of()),
                Map.of(RequestContext.SERVICE_ID, "default"),
                NotificationRequestAggregate.Recorded.class));
        return id;
    }

    private static List<JsonNode> examples(Operation operation) {
        JsonNode body = operation.said().at("/requestBody/content/application~1json");
        return Stream.concat(
                        body.at("/examples").valueStream().map(each -> each.at("/value")),
                        Stream.of(body.at("/example")).filter(JsonNode::isObject))
                .toList();
    }

    @Test
    void the_example_of_a_requests_schema_is_accepted_too() {
        Map.of("SendRequest", "/notifications/send", "CreateRequest", "/notifications/preferences")
                .forEach((schema, path) -> {
                    ObjectNode body = JsonMapper.shared().createObjectNode();
                    document.at("/components/schemas/" + schema + "/properties")
                            .forEachEntry((name, property) -> body.set(name, property.at("/example")));
                    body.remove(List.of("delay_seconds", "ttl_seconds"));
                    // What is for other channels than the one of the example, or for several.
                    body.remove(List.of(
                            "channels",
                            "fallback",
                            "recipient_phone",
                            "recipient_token",
                            "recipient_subscription",
                            "provider_id"));
                    body.put("userid", "somebody-else");
                    assertThat(api.post(path, body.toString()).status()).isBetween(200, 299);
                });
    }

    @Test
    void every_example_of_a_parameter_is_accepted() {
        Map.of("/notifications/history/{userid}", 7, "/notifications", 8).forEach((path, expected) -> {
            int tried = 0;
            for (JsonNode parameter : document.at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
                String example = parameter.at("/schema/example").asString();
                if (parameter.at("/in").asString().equals("query") && !example.isEmpty()) {
                    api.get(path.replace("{userid}", "ada") + "?"
                                    + parameter.at("/name").asString() + "=" + example)
                            .is(200);
                    tried++;
                }
            }
            assertThat(tried).as(path).isEqualTo(expected);
        });
    }

    @Test
    void all_examples_of_parameters_of_a_list_are_accepted_together() {
        allExamplesOf("/ledger");
        allExamplesOf("/suppressions");
    }

    private static void allExamplesOf(String path) {
        StringBuilder query = new StringBuilder(path + "?");
        for (JsonNode parameter : document.at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
            String example = parameter.at("/schema/example").asString();
            if (parameter.at("/in").asString().equals("query") && !example.isEmpty()) {
                query.append(parameter.at("/name").asString())
                        .append('=')
                        .append(example)
                        .append('&');
            }
        }
        api.get(query.toString()).is(200);
    }

    @Test
    void what_is_documented_of_a_body_is_what_is_known() {
        Map.of(
                        "SendRequest",
                        "/notifications/send",
                        "RedriveRequest",
                        "/notifications/redrive",
                        "CreateRequest",
                        "/notifications/preferences",
                        "SuppressRequest",
                        "/suppressions",
                        "RegisterRequest",
                        "/users/ada/contact-points")
                .forEach((schema, path) -> assertThat(
                                api.post(path, "{\"unheard_of\": 1}").errors().get("unheard_of"))
                        .endsWith("known are "
                                + String.join(
                                        ", ",
                                        document.at("/components/schemas/" + schema + "/properties")
                                                .propertyNames())));
    }

    @Test
    void what_is_documented_of_an_answer_is_what_comes() {
        Answer accepted = api.post("/notifications/send", Examples.SEND_TEMPLATE);
        Answer details = api.get(accepted.header("Location"));
        Answer refused = api.post("/notifications/send", "{}");
        Map.of("Accepted", accepted, "NotificationDetails", details, "Problem", refused)
                .forEach((schema, answer) -> {
                    JsonNode said = document.at("/components/schemas/" + schema);
                    assertThat(said.at("/properties").propertyNames())
                            .containsAll(answer.json().propertyNames());
                    assertThat(answer.json().propertyNames()).containsAll(strings(said.at("/required")));
                });
    }

    @Test
    void what_may_be_absent_is_not_required() {
        assertThat(required("SendRequest")).containsExactlyInAnyOrder("notification_type", "content");
        assertThat(required("CreateRequest")).containsExactly("notification_email");
        assertThat(required("ChangeRequest")).isEmpty();
        assertThat(required("Problem"))
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "correlation_id");
        assertThat(required("NotificationDetails")).contains("requested_at").doesNotContain("reason", "template");
        assertThat(required("Preferences")).containsExactlyInAnyOrder("userid", "preferences", "switchable");
    }

    private static List<String> required(String schema) {
        return strings(document.at("/components/schemas/" + schema + "/required"));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void the_page_for_people_comes_from_here_only() {
        Answer page = api.get("/documentation").is(302);
        String index = page.header("Location");
        assertThat(index).startsWith("/swagger-ui/");
        Answer html = api.get(index).is(200);
        assertThat(html.body()).contains("swagger-ui-bundle.js").doesNotContain("http://", "https://", "//cdn");

        String initializer =
                api.get("/swagger-ui/swagger-initializer.js").is(200).body();
        assertThat(initializer).contains("/v3/api-docs/swagger-config");
        JsonNode configuration = api.get("/v3/api-docs/swagger-config").is(200).json();
        assertThat(configuration.at("/url").asString()).isEqualTo("/v3/api-docs");
        assertThat(configuration.at("/validatorUrl").asString()).isEmpty();
        List.of("swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css", "index.css")
                .forEach(file -> api.get("/swagger-ui/" + file).is(200));
    }
}
