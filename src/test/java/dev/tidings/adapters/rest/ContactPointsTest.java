package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContactPointsTest {

    private static final String ADAS = "/users/ada/contact-points";

    private static ServedFromMemory api;

    @BeforeAll
    static void start() {
        api = new ServedFromMemory();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void forgetEverything() {
        for (String user : List.of("ada", "grace")) {
            api.tidings
                    .contacts
                    .of(new UserId(user))
                    .forEach(point -> api.tidings.contacts.remove(point.userId(), point.reach()));
        }
        api.tidings
                .suppressions
                .list(null, null, null, 200)
                .forEach(suppressed -> api.tidings.suppressions.remove(suppressed.reach()));
    }

    @Test
    void what_is_registered_is_listed_the_latest_first() {
        api.get(ADAS).is(200);
        Answer phone = api.post(ADAS, Examples.REGISTER_PHONE).is(201);
        api.tidings.clock.advance(Duration.ofSeconds(1));
        Answer device = api.post(ADAS, Examples.REGISTER_DEVICE).is(201);

        Answer list = api.get(ADAS).is(200);
        assertThat(list.json().at("/items").size()).isEqualTo(2);
        assertThat(list.json().at("/items/0")).isEqualTo(device.json());
        assertThat(list.at("/items/1/channel")).isEqualTo("sms");
        assertThat(list.at("/items/1/address")).isEqualTo("+4930123456");
        assertThat(list.json().at("/items/1")).isEqualTo(phone.json());
        assertThat(api.get("/users/grace/contact-points")
                        .is(200)
                        .json()
                        .at("/items")
                        .size())
                .isZero();
    }

    @Test
    void a_browser_is_registered_as_it_describes_itself() {
        Answer registered = api.post(ADAS, Examples.REGISTER_BROWSER).is(201);

        assertThat(registered.at("/address"))
                .isEqualTo("https://push.example/send/dpH5lCsTSSM"
                        + " BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                        + " BTBZMqHH6r4Tts7J_aSIgg");
        assertThat(registered.at("/channel")).isEqualTo("push");
    }

    @Test
    void registering_twice_changes_nothing() {
        for (String example :
                List.of(Examples.REGISTER_PHONE, Examples.REGISTER_DEVICE, Examples.REGISTER_BROWSER, """
                {"channel": "email", "address": "ada@example.org"}""")) {
            Answer first = api.post(ADAS, example).is(201);
            api.tidings.clock.advance(Duration.ofSeconds(1));
            assertThat(api.post(ADAS, example).is(200).json()).isEqualTo(first.json());
        }
        assertThat(api.get(ADAS).json().at("/items").size()).isEqualTo(4);
    }

    @Test
    void a_new_number_takes_the_place_of_the_old_one_and_a_new_device_stands_beside_it() {
        api.post(ADAS, Examples.REGISTER_PHONE).is(201);
        api.post(ADAS, phone("+4930999999")).is(201);
        api.post(ADAS, device("one")).is(201);
        api.post(ADAS, device("two")).is(201);

        assertThat(api.get(ADAS)
                        .json()
                        .at("/items")
                        .valueStream()
                        .map(item -> item.at("/address").asString()))
                .containsExactlyInAnyOrder("+4930999999", "one", "two");
    }

    @Test
    void a_device_that_was_gone_is_there_again_but_other_reasons_stay() {
        for (SuppressionReason reason : SuppressionReason.values()) {
            Reach device = new Reach(Channel.PUSH, new DeviceToken(Words.of(reason)));
            api.tidings.suppressions.add(
                    List.of(new Suppressed(device, new Suppression(reason, "fcm", api.tidings.clock.instant()))));
            api.post(ADAS, device(Words.of(reason))).is(201);
        }

        assertThat(api.tidings.suppressions.list(null, null, null, 10))
                .extracting(suppressed -> suppressed.suppression().reason())
                .hasSize(5)
                .doesNotContain(SuppressionReason.GONE);
    }

    @Test
    void nobody_has_more_than_fifty() {
        for (int i = 0; i < 50; i++) {
            api.post(ADAS, device("device-" + i)).is(201);
        }
        Reach gone = new Reach(Channel.PUSH, new DeviceToken("one-more"));
        api.tidings.suppressions.add(List.of(
                new Suppressed(gone, new Suppression(SuppressionReason.GONE, "fcm", api.tidings.clock.instant()))));

        api.post(ADAS, device("one-more")).isProblem(409, "too-many-contact-points");

        assertThat(api.tidings.suppressions.find(List.of(gone))).hasSize(1);
        api.post(ADAS, device("device-7")).is(200);
        api.post("/users/grace/contact-points", device("one-more")).is(201);
        api.delete(ADAS + "/" + api.get(ADAS).at("/items/0/id")).is(204);
        api.post(ADAS, device("one-more")).is(201);
    }

    @Test
    void what_is_deleted_is_gone_however_long_its_address_is() {
        for (String body : List.of(Examples.REGISTER_PHONE, Examples.REGISTER_BROWSER, device("x".repeat(4_096)))) {
            String id = api.post(ADAS, body).is(201).at("/id");
            assertThat(id).matches("[A-Za-z0-9_-]{22}");
            api.delete("/users/grace/contact-points/" + id).isProblem(404, "unknown-contact-point");
            api.delete(ADAS + "/" + id).is(204);
            api.delete(ADAS + "/" + id).isProblem(404, "unknown-contact-point");
        }
        assertThat(api.get(ADAS).json().at("/items").size()).isZero();
    }

    @Test
    void only_what_is_named_is_deleted() {
        Answer one = api.post(ADAS, device("one")).is(201);
        Answer two = api.post(ADAS, device("two")).is(201);

        api.delete(ADAS + "/" + two.at("/id")).is(204);

        assertThat(api.get(ADAS).json().at("/items").valueStream()).containsExactly(one.json());
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        assertThat(api.post(ADAS, "{}").isProblem(400, "invalid-input").errors())
                .containsEntry("channel", "is missing")
                .containsEntry("address", "is missing");
        assertThat(api.post("/users/a b".replace(" ", "%20") + "/contact-points", "{\"channel\": 1, \"x\": 1}")
                        .is(400)
                        .errors())
                .containsEntry("channel", "must be a string")
                .containsKeys("userid", "x");
        assertThat(api.post(ADAS, """
                        {"channel": "push", "subscription": {"endpoint": 1, "keys": {"auth": ""}, "more": 1}}""").is(400).errors())
                .containsEntry("subscription.endpoint", "must be a string")
                .containsEntry("subscription.keys.p256dh", "is missing")
                .containsEntry("subscription.keys.auth", "is missing")
                .containsKey("subscription.more");
        assertThat(api.post(ADAS, """
                        {"channel": "push", "subscription": {"endpoint": "http://push.example/1",
                         "keys": {"p256dh": "x", "auth": "y"}}}""").is(400).errors()).containsOnlyKeys("subscription");
        assertThat(api.post(ADAS, Examples.REGISTER_BROWSER.replace("\"push\"", "\"sms\", \"address\": \"+491\""))
                        .is(400)
                        .errors())
                .containsOnlyKeys("address", "subscription");
        assertThat(api.post(ADAS, "{\"channel\": \"push\", \"subscription\": []}")
                        .is(400)
                        .errors())
                .containsKey("subscription");
        assertThat(api.get(ADAS).json().at("/items").size()).isZero();
    }

    private static String phone(String number) {
        return "{\"channel\": \"sms\", \"address\": \"" + number + "\"}";
    }

    private static String device(String token) {
        return "{\"channel\": \"push\", \"address\": \"" + token + "\"}";
    }
}
