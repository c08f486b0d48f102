package dev.tidings.adapters.embedded;

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

    String list(List<CaughtMail> mails, String recipient, int total, int page, int pages) {
        return filled(
                "list.ftlh",
                Map.of(
                        "mails", mails.stream().map(MailboxTemplates::row).toList(),
                        "recipient", recipient,
                        "total", total,
                        "page", page,
                        "pages", pages));
    }

    String mail(OpenedMail mail) {
        Map<String, Object> model = new LinkedHashMap<>(
                row(new CaughtMail(mail.id(), mail.received(), mail.from(), mail.to(), mail.subject(), mail.size())));
        model.put(
                "headers",
                mail.headers().stream()
                        .map(line -> Map.of("name", line.name(), "value", line.value()))
                        .toList());
        model.put("text", mail.text() == null ? "" : mail.text());
        model.put("hasHtml", mail.html() != null);
        model.put(
                "attachments",
                mail.attachments().stream()
                        .map(each -> Map.of("name", each.name(), "type", each.type(), "size", each.size()))
                        .toList());
        return filled("mail.ftlh", model);
    }

    private static Map<String, Object> row(CaughtMail mail) {
        return Map.of(
                "id", Long.toString(mail.id()),
                "received", SECONDS.format(mail.received()),
                "instant", mail.received().toString(),
                "from", mail.from(),
                "to", mail.to(),
                "subject", mail.subject().isBlank() ? "(no subject)" : mail.subject(),
                "size", mail.size());
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
