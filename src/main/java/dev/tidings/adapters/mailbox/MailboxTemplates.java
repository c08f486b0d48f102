package dev.tidings.adapters.mailbox;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.Opened;
import dev.tidings.domain.recipient.Channel;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The mailbox's HTML. The templates are *.ftlh, so all that is put into them is escaped. */
final class MailboxTemplates {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

    MailboxTemplates() {
        configuration.setClassForTemplateLoading(MailboxTemplates.class, "/mailbox");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setURLEscapingCharset("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    }

    String list(List<Caught> messages, MailboxFilter filter, int total, int page, int pages) {
        return filled(
                "list.ftlh",
                Map.of(
                        "messages", messages.stream().map(MailboxTemplates::row).toList(),
                        "channels", channels(),
                        "recipient", filter.recipient(),
                        "channel", filter.channel(),
                        "query", filter.query(),
                        "total", total,
                        "page", page,
                        "pages", pages));
    }

    String message(Opened opened, boolean hasSource) {
        Map<String, Object> model = new LinkedHashMap<>(row(opened.message()));
        model.put(
                "notification",
                opened.notificationId() == null ? "" : opened.notificationId().toString());
        model.put("headers", pairs(opened.headers().stream().map(header -> Map.entry(header.name(), header.value()))));
        model.put("data", pairs(new TreeMap<>(opened.data()).entrySet().stream()));
        model.put("text", opened.text() == null ? "" : opened.text());
        model.put("hasHtml", opened.html() != null);
        model.put("hasSource", hasSource);
        model.put(
                "attachments",
                opened.attachments().stream()
                        .map(each -> Map.of("name", each.name(), "type", each.type(), "size", each.size()))
                        .toList());
        return filled("message.ftlh", model);
    }

    private static List<Map<String, String>> pairs(Stream<Map.Entry<String, String>> entries) {
        return entries.map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
                .toList();
    }

    private static List<Map<String, String>> channels() {
        return Stream.of(Channel.values())
                .map(channel -> Map.of("value", Words.of(channel), "shown", Words.shown(channel)))
                .toList();
    }

    private static Map<String, Object> row(Caught message) {
        return Map.of(
                "id", message.id(),
                "channel", Words.shown(message.channel()),
                "received", SECONDS.format(message.received()),
                "instant", message.received().toString(),
                "from", message.from(),
                "to", message.to(),
                "subject", message.subject().isBlank() ? "(no subject)" : message.subject(),
                "size", message.size());
    }

    private String filled(String template, Map<String, Object> model) {
        StringWriter page = new StringWriter();
        try {
            configuration.getTemplate(template).process(model, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
        return page.toString();
    }
}
