package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

    private static final String PREFERENCES = "/notifications/preferences";

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void created_preferences_are_answered_whole_and_found_at_their_location() {
        Answer created = api.post(PREFERENCES, """
                {"userid": "ada/1", "notification_email": "ada@example.org", "preferences": {"marketing": false}}""").is(201);

        assertThat(created.header("Location")).isEqualTo("/notifications/preferences/ada%2F1");
        assertThat(created.body())
                .isEqualTo("{\"userid\":\"ada/1\",\"notification_email\":\"ada@example.org\","
                        + "\"preferences\":{\"email_verification\":true,\"marketing\":false,\"password_reset\":true,"
                        + "\"security_alert\":true,\"welcome\":true},\"switchable\":[\"marketing\",\"welcome\"]}");
        assertThat(api.get(created.header("Location")).is(200).body()).isEqualTo(created.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"${7*7}", "{userid}", "100%", "%2F", "a/b?c#d", "a;b=c", "..", "\ud83d\ude00", "'\\"})
    void a_person_with_an_odd_userid_is_found_at_the_location(String userid) {
        Answer created = api.post(PREFERENCES, """
                {"userid": "%s", "notification_email": "ada@example.org"}""".formatted(userid.replace("\\", "\\\\")))
                .is(201);

        assertThat(api.get(created.header("Location")).is(200).at("/userid")).isEqualTo(userid);
    }

    @Test
    void a_person_without_a_userid_gets_one() {
        Answer created = api.post(PREFERENCES, """
                {"notification_email": "bob@example.org"}""").is(201);

        assertThat(created.at("/userid")).matches("[0-9a-f]{32}");
        assertThat(created.header("Location")).isEqualTo(PREFERENCES + "/" + created.at("/userid"));
    }

    @Test
    void a_change_leaves_what_it_does_not_name() {
        create("carol", "{\"marketing\": false, \"welcome\": false}");

        Answer changed = api.put(PREFERENCES + "/carol", "{\"preferences\": {\"welcome\": true}}")
                .is(200);

        assertThat(changed.at("/notification_email")).isEqualTo("carol@example.org");
        assertThat(switches(changed)).containsEntry("welcome", true).containsEntry("marketing", false);
        assertThat(api.get(PREFERENCES + "/carol").body()).isEqualTo(changed.body());
    }

    @Test
    void a_change_of_the_address_leaves_the_choices() {
        create("dave", "{\"marketing\": false}");

        Answer changed = api.put(PREFERENCES + "/dave", "{\"notification_email\": \"new@example.org\"}")
                .is(200);

        assertThat(changed.at("/notification_email")).isEqualTo("new@example.org");
        assertThat(switches(changed)).containsEntry("marketing", false);
        assertThat(api.get(PREFERENCES + "/dave").at("/notification_email")).isEqualTo("new@example.org");
    }

    @Test
    void what_was_just_written_is_read_from_the_log_on_a_virtual_thread() {
        api.witness.seen.clear();

        create("erin", "{}", "X-Correlation-ID", "c-1");
        api.put(PREFERENCES + "/erin", "{\"preferences\": {\"marketing\": false}}", "X-Correlation-ID", "c-2")
                .is(200);

        assertThat(api.witness.seen).containsExactly(new Witness.Seen(true, "c-1"), new Witness.Seen(true, "c-2"));
    }

    @Test
    void every_choice_that_cannot_be_made_is_named_at_once_with_those_that_can() {
        String body = """
                {"userid": "frank", "notification_email": "frank", "preferences":
                 {"security_alert": false, "password_reset": true, "newsletter": true, "Marketing": false,
                  "welcome": "off"}}""";

        Answer refused = api.post(PREFERENCES, body).isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .isEqualTo(Map.of(
                        "notification_email", "must be an email address such as ada@example.org",
                        "preferences.security_alert", "can't be switched off; those that can are marketing, welcome",
                        "preferences.newsletter",
                                "is unknown; known are email_verification, marketing, password_reset, security_alert,"
                                        + " welcome",
                        "preferences.Marketing",
                                "is unknown; known are email_verification, marketing, password_reset, security_alert,"
                                        + " welcome",
                        "preferences.welcome", "must be true or false"));
        api.get(PREFERENCES + "/frank").isProblem(404, "preferences-never-created");
    }

    @Test
    void switching_off_what_cannot_be_switched_off_is_refused_when_changing_too() {
        create("grace", "{}");

        Answer refused = api.put(PREFERENCES + "/grace", "{\"preferences\": {\"security_alert\": false}}")
                .isProblem(400, "invalid-input");

        assertThat(refused.errors()).containsOnlyKeys("preferences.security_alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"true\"", "[]", "{}"})
    void a_choice_is_true_or_false_and_nothing_else(String choice) {
        Answer refused = api.post(PREFERENCES, """
                {"notification_email": "ada@example.org", "preferences": {"welcome": %s}}""".formatted(choice)).isProblem(400, "invalid-input");

        assertThat(refused.errors()).isEqualTo(Map.of("preferences.welcome", "must be true or false"));
    }

    @Test
    void a_misspelt_field_is_named() {
        create("heidi", "{}");

        Answer refused = api.put(PREFERENCES + "/heidi", "{\"email\": \"new@example.org\"}")
                .isProblem(400, "invalid-input");

        assertThat(refused.errors())
                .isEqualTo(Map.of("email", "is unknown; known are notification_email, preferences"));
    }

    @Test
    void creating_again_is_silent_with_the_same_choices_and_refused_with_others() {
        create("ivan", "{\"welcome\": false}");
        create("ivan", "{\"welcome\": false}");

        Answer refused = api.post(PREFERENCES, """
                {"userid": "ivan", "notification_email": "ivan@example.org", "preferences": {"welcome": true}}""").isProblem(409, "preferences-already-created");

        assertThat(refused.at("/detail")).contains("PUT /notifications/preferences/{userid}");
    }

    @Test
    void what_was_never_created_points_to_where_it_can_be() {
        List.of(api.get(PREFERENCES + "/nobody"), api.put(PREFERENCES + "/nobody", "{}"))
                .forEach(answer -> assertThat(answer.isProblem(404, "preferences-never-created")
                                .at("/detail"))
                        .contains("POST /notifications/preferences"));
    }

    @Test
    void a_userid_with_spaces_is_named() {
        assertThat(api.get(PREFERENCES + "/a%20b")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("userid");
        assertThat(api.put(PREFERENCES + "/a%00b", "{\"notification_email\": 1}")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsOnlyKeys("userid", "notification_email");
    }

    private static void create(String userid, String choices, String... headers) {
        api.post(PREFERENCES, """
                {"userid": "%s", "notification_email": "%s@example.org", "preferences": %s}""".formatted(userid, userid, choices), headers).is(201);
    }

    private static Map<String, Boolean> switches(Answer answer) {
        return answer.json()
                .at("/preferences")
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().booleanValue()));
    }
}
