package dev.tidings.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.application.suppression.Suppressions.Suppressed;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.Suppression;
import dev.tidings.domain.recipient.SuppressionReason;
import dev.tidings.domain.recipient.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SuppressionsTest {

    private static final String LIST = "/suppressions";

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
        api.tidings
                .suppressions
                .list(null, null, null, 200)
                .forEach(suppressed -> api.tidings.suppressions.remove(suppressed.reach()));
    }

    @Test
    void what_is_put_on_the_list_is_found_there_with_its_reason_and_source() {
        Answer put = put("sms", "+4930123456", "\"reason\": \"opted_out\"").is(201);

        assertThat(put.header("Location")).isEqualTo(LIST + "/sms/%2B4930123456");
        for (String path : List.of(put.header("Location"), LIST + "/sms/+4930123456")) {
            Answer found = api.get(path).is(200);
            assertThat(found.json()).isEqualTo(put.json());
            assertThat(found.at("/channel")).isEqualTo("sms");
            assertThat(found.at("/address")).isEqualTo("+4930123456");
            assertThat(found.at("/reason")).isEqualTo("opted_out");
            assertThat(found.at("/source")).isEqualTo("api");
            assertThat(found.at("/since")).isEqualTo("2026-03-01T12:00:00.000Z");
        }
        api.get(LIST + "/whatsapp/+4930123456").isProblem(404, "unknown-suppression");
    }

    @Test
    void without_a_reason_somebody_here_has_put_it_there() {
        assertThat(put("email", "ada@example.org").is(201).at("/reason")).isEqualTo("manual");
    }

    @Test
    void who_is_on_the_list_stays_as_they_are_unless_the_new_reason_is_graver() {
        put("email", "ada@example.org", "\"reason\": \"complained\"").is(201);
        assertThat(put("email", "ada@example.org", "\"reason\": \"unsubscribed\"")
                        .is(200)
                        .at("/reason"))
                .isEqualTo("complained");
        assertThat(put("email", "ada@example.org", "\"reason\": \"bounced\"")
                        .is(200)
                        .at("/reason"))
                .isEqualTo("bounced");
    }

    @Test
    void what_is_sent_to_an_address_on_the_list_is_suppressed_until_it_is_taken_off() {
        put("email", "ada@example.org").is(201);

        Answer suppressed = api.post("/notifications/send", Examples.SEND_TEXT).is(202);
        assertThat(suppressed.at("/status")).isEqualTo("suppressed");

        api.delete(LIST + "/email/ada%40example.org").is(204);
        api.get(LIST + "/email/ada@example.org").isProblem(404, "unknown-suppression");
        api.delete(LIST + "/email/ada@example.org").isProblem(404, "unknown-suppression");
        assertThat(api.post("/notifications/send", Examples.SEND_TEXT).is(202).at("/status"))
                .isEqualTo("queued");
    }

    @Test
    void an_address_where_there_is_nobody_is_nobodys_contact_point_any_more() {
        Reach device = new Reach(Channel.PUSH, new DeviceToken("token-1"));
        api.tidings.contacts.add(new ContactPoint(new UserId("ada"), device, api.tidings.clock.instant()));

        put("push", "token-1", "\"reason\": \"manual\"").is(201);
        assertThat(api.tidings.contacts.of(new UserId("ada"))).hasSize(1);
        api.delete(LIST + "/push/token-1").is(204);
        put("push", "token-1", "\"reason\": \"gone\"").is(201);
        assertThat(api.tidings.contacts.of(new UserId("ada"))).isEmpty();
    }

    @Test
    void a_browser_is_taken_off_by_its_whole_address() {
        String subscription = """
                {"channel": "push", "subscription": {"endpoint": "https://push.example/%s", "keys": {"p256dh": "%s",
                 "auth": "%s"}}}""".formatted("x".repeat(2_000), "p".repeat(87), "a".repeat(22));
        Answer put = api.post(LIST, subscription).is(201);

        assertThat(api.get(put.header("Location")).is(200).json()).isEqualTo(put.json());
        api.delete(put.header("Location")).is(204);
        api.get(put.header("Location")).isProblem(404, "unknown-suppression");
    }

    @Test
    void the_list_comes_page_by_page_and_by_channel_and_reason() {
        for (int i = 0; i < 5; i++) {
            put("email", "user" + i + "@example.org", "\"reason\": \"bounced\"").is(201);
            put("sms", "+493012345" + i).is(201);
        }

        List<String> seen = new ArrayList<>();
        Answer page = api.get(LIST + "?limit=4").is(200);
        seen.addAll(addresses(page));
        while (!page.json().at("/next").isNull()) {
            String link = page.header("Link");
            assertThat(link).contains("cursor=" + page.at("/next")).endsWith(">; rel=\"next\"");
            page = api.get(link.substring(1, link.indexOf('>'))).is(200);
            seen.addAll(addresses(page));
        }
        assertThat(seen)
                .containsExactly(
                        "user0@example.org",
                        "user1@example.org",
                        "user2@example.org",
                        "user3@example.org",
                        "user4@example.org",
                        "+4930123450",
                        "+4930123451",
                        "+4930123452",
                        "+4930123453",
                        "+4930123454");
        assertThat(addresses(api.get(LIST + "?channel=sms").is(200))).hasSize(5);
        assertThat(addresses(api.get(LIST + "?reason=bounced&limit=5").is(200))).hasSize(5);
        assertThat(api.get(LIST + "?limit=10").is(200).json().at("/next").isNull())
                .isTrue();
        assertThat(addresses(api.get(LIST + "?channel=sms&reason=bounced").is(200)))
                .isEmpty();
    }

    @Test
    void what_a_provider_found_names_the_provider() {
        api.tidings.suppressions.add(List.of(new Suppressed(
                new Reach(Channel.EMAIL, new EmailAddress("gone@example.org")),
                new Suppression(SuppressionReason.BOUNCED, "smtp", api.tidings.clock.instant()))));

        assertThat(api.get(LIST).is(200).at("/items/0/source")).isEqualTo("smtp");
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        assertThat(api.post(LIST, "{\"channel\": \"fax\", \"reason\": \"dislike\", \"why\": 1}")
                        .isProblem(400, "invalid-input")
                        .errors())
                .containsEntry("channel", "must be one of email, sms, whatsapp, push")
                .containsEntry("address", "is missing")
                .containsEntry("reason", "must be one of bounced, gone, opted_out, complained, unsubscribed, manual")
                .containsKey("why");
        assertThat(put("sms", "030 123456").is(400).errors())
                .containsEntry("address", "must be a phone number with its country code, such as +4930123456");
        assertThat(api.get(LIST + "?channel=fax&reason=x&limit=0&cursor=here&x=1")
                        .is(400)
                        .errors())
                .containsOnlyKeys("channel", "reason", "limit", "cursor", "x");
        assertThat(api.delete(LIST + "/email/nobody").is(400).errors()).containsOnlyKeys("address");
        assertThat(api.get(LIST + "/fax/nobody").is(400).errors()).containsOnlyKeys("channel");
        assertThat(api.tidings.suppressions.list(null, null, null, 10)).isEmpty();
    }

    @Test
    void in_an_outage_a_caller_is_asked_to_come_back() {
        api.tidings.transactions.goDown();
        api.get(LIST).isProblem(503, "unavailable");
        put("email", "ada@example.org").isProblem(503, "unavailable");
        api.delete(LIST + "/email/ada@example.org").isProblem(503, "unavailable");
        api.tidings.transactions.comeBack();
    }

    private Answer put(String channel, String address, String... more) {
        return api.post(
                LIST,
                "{\"channel\": \"%s\", \"address\": \"%s\"%s}"
                        .formatted(channel, address, more.length == 0 ? "" : ", " + more[0]));
    }

    private static List<String> addresses(Answer page) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode item : page.json().at("/items")) {
            addresses.add(item.at("/address").asString());
        }
        return addresses;
    }
}
