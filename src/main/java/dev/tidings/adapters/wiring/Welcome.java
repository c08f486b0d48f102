package dev.tidings.adapters.wiring;

import dev.tidings.application.caught.CaughtMessages;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says on the terminal where everything is, and what to try next. */
final class Welcome implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        List<String> embedded =
                List.of(environment.getProperty("tidings.embedded.parts", "").split(","));
        String http = "http://localhost:" + environment.getProperty("local.server.port");
        StringBuilder text = new StringBuilder(
                "\nTidings is ready, " + ManagementFactory.getRuntimeMXBean().getUptime() + " ms after its start\n");
        line(text, "HTTP", http, "");
        line(text, "API", http + "/documentation", "");
        line(text, "Health", http + "/broker/health", "");
        line(text, "AMQP", address(environment.getProperty("tidings.broker.url", "")), embedded(embedded, "broker"));
        line(
                text,
                "Database",
                address(environment.getProperty("tidings.database.url", "")),
                embedded(embedded, "postgres"));
        line(
                text,
                "SMTP",
                environment.getProperty("tidings.mail.host") + ":" + environment.getProperty("tidings.mail.port"),
                embedded(embedded, "mail"));
        if (event.getApplicationContext().getBeanProvider(CaughtMessages.class).stream()
                .findAny()
                .isPresent()) {
            line(text, "Mailbox", http + "/mailbox", "");
        }
        if (embedded.contains("mail")) {
            text.append("Next: make demo, in another shell\n");
        }
        print(text.toString());
    }

    private static void line(StringBuilder text, String name, String address, String remark) {
        text.append("  %-9s %s%s%n".formatted(name, address, remark));
    }

    private static String embedded(List<String> parts, String part) {
        return parts.contains(part) ? " (embedded)" : "";
    }

    /** Without the credentials. */
    private static String address(String url) {
        URI uri = URI.create(url);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    @SuppressWarnings("SystemOut") // it is for the person who started it, not for the log
    private static void print(String text) {
        System.out.println(text);
    }
}
