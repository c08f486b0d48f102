package dev.tidings.adapters.demo;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishes two events, asks for one notification by REST, and prints what became of the three. */
public final class Demo {

    private static final String EXCHANGE = "notification.events";
    private static final Set<String> ENDED = Set.of("sent", "failed", "suppressed");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String tidings;
    private final String broker;
    private final @Nullable String token;
    private final PrintStream out;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final JsonMapper json = new JsonMapper();

    private Demo(Map<String, String> environment, PrintStream out) {
        this.tidings =
                environment.getOrDefault("TIDINGS_URL", "http://localhost:" + environment.getOrDefault("PORT", "8080"));
        this.broker = environment.getOrDefault("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5673");
        this.token = environment.get("TIDINGS_TOKEN");
        this.out = out;
    }

    /** Returns the process's exit code: 0 when all three were sent. */
    public static int run(Map<String, String> environment, PrintStream out) {
        Demo demo = new Demo(environment, out);
        try {
            return demo.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception e) {
            out.println("The demo needs a running Tidings at " + demo.tidings + " and its broker: " + e);
            out.println("Start it with 'make run' in another shell.");
            return 1;
        }
    }

    private int run() throws Exception {
        get("/broker/ping");
        String ada = UUID.randomUUID().toString().replace("-", "");
        publishEvents(ada);
        Set<String> ids = new TreeSet<>();
        ids.add(askForPasswordReset(ada));
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ids.size() < 3 && Instant.now().isBefore(deadline)) {
            get("/notifications/history/" + ada)
                    .path("items")
                    .forEach(item -> ids.add(item.path("notification_id").asString()));
            Thread.sleep(50);
        }
        int sent = 0;
        for (String id : ids) {
            if (tell(id, deadline).equals("sent")) {
                sent++;
            }
        }
        out.println();
        out.println("The mails:       " + tidings + "/mailbox");
        out.println("Ada's history:   " + tidings + "/notifications/history/" + ada);
        out.println("The whole API:   " + tidings + "/documentation");
        return sent == 3 ? 0 : 1;
    }

    private void publishEvents(String userid) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker);
        try (Connection connection = factory.newConnection("tidings demo");
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            publish(channel, "user.registered", "UserRegistered", userid, Map.of());
            publish(
                    channel,
                    "user.email_verification_requested",
                    "UserEmailVerificationRequested",
                    userid,
                    Map.of("verify_token", UUID.randomUUID().toString()));
            channel.waitForConfirmsOrDie(5_000);
        }
    }

    private void publish(Channel channel, String key, String type, String userid, Map<String, String> more)
            throws IOException {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("event_type", type);
        event.put("event_id", UUID.randomUUID().toString());
        event.put("source_service", "user-service");
        event.put("correlation_id", "demo-" + userid.substring(0, 8));
        event.put("timestamp", Instant.now().toString());
        event.put("userid", userid);
        event.put("username", "Ada Lovelace");
        event.put("email", "ada@example.org");
        event.putAll(more);
        BasicProperties properties = new BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(2)
                .build();
        channel.basicPublish(EXCHANGE, key, properties, json.writeValueAsBytes(event));
        out.println("published " + type + " with key " + key);
    }

    private String askForPasswordReset(String userid) throws IOException, InterruptedException {
        Map<String, Object> body = Map.of(
                "notification_type", "password_reset",
                "recipient_email", "ada@example.org",
                "subject", "Reset your password",
                "content", "password_reset",
                "userid", userid,
                "template_vars",
                        Map.of("username", "Ada Lovelace", "reset_link", "https://app.example.org/reset?token=demo"));
        JsonNode answer = send(request("/notifications/send")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
        out.println("POST /notifications/send answered " + answer);
        return answer.path("notification_id").asString();
    }

    private String tell(String id, Instant deadline) throws IOException, InterruptedException {
        JsonNode timeline = get("/notifications/" + id + "/timeline");
        while (!ENDED.contains(timeline.path("status").asString())
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            timeline = get("/notifications/" + id + "/timeline");
        }
        out.println();
        out.println("notification " + id + ": " + timeline.path("status").asString());
        timeline.path("entries")
                .forEach(entry -> out.printf(
                        "  %-24s  %-18s %s%n",
                        entry.path("at").asString(),
                        entry.path("what").asString(),
                        entry.path("why").asString()));
        return timeline.path("status").asString();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(tidings + path)).timeout(Duration.ofSeconds(10));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = json.readTree(response.body());
        if (!List.of(200, 202).contains(response.statusCode())) {
            throw new IOException(response.statusCode() + " " + body);
        }
        return body;
    }
}
