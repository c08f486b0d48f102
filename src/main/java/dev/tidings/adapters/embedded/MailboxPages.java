package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows to people and to tools what the mail catcher caught. Whatever a mail contains is hostile. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Mailbox.class)
class MailboxPages {

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    // No script and no request to anywhere; its links may be followed, in a window of their own.
    private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final int PAGE_SIZE = 50;

    private final Mailbox mailbox;
    private final MailboxTemplates templates = new MailboxTemplates();

    MailboxPages(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Bean
    RouterFunction<ServerResponse> mailboxRoutes() {
        return RouterFunctions.route()
                .GET("/mailbox", request -> answer(() -> list(request)))
                .GET("/mailbox/style.css", request -> styleSheet())
                .GET("/mailbox/messages", request -> answer(() -> json(matching(request))))
                .DELETE("/mailbox/messages", request -> answer(this::empty))
                .GET("/mailbox/messages/{id:\\d{1,18}}", request -> answer(() -> mail(request, MailboxPages::json)))
                .GET("/mailbox/{id:\\d{1,18}}", request -> answer(() -> mail(request, this::page)))
                .GET("/mailbox/{id:\\d{1,18}}/html", request -> answer(() -> mail(request, MailboxPages::htmlPart)))
                .GET("/mailbox/{id:\\d{1,18}}/source", request -> answer(() -> source(id(request))))
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        List<CaughtMail> all = matching(request);
        int pages = Math.max(1, Math.ceilDiv(all.size(), PAGE_SIZE));
        int page =
                Math.clamp(request.queryParam("page").map(MailboxPages::number).orElse(1), 1, pages);
        List<CaughtMail> shown =
                all.stream().skip((page - 1L) * PAGE_SIZE).limit(PAGE_SIZE).toList();
        return html(PAGE_POLICY, templates.list(shown, recipient(request), all.size(), page, pages));
    }

    private Mono<ServerResponse> mail(ServerRequest request, Function<OpenedMail, Mono<ServerResponse>> shown)
            throws IOException {
        Optional<OpenedMail> mail = OpenedMail.in(mailbox, id(request));
        return mail.isEmpty() ? ServerResponse.notFound().build() : shown.apply(mail.get());
    }

    private Mono<ServerResponse> page(OpenedMail mail) {
        return html(PAGE_POLICY, templates.mail(mail));
    }

    private static Mono<ServerResponse> htmlPart(OpenedMail mail) {
        return mail.html() == null
                ? ServerResponse.notFound().build()
                : html(MAIL_POLICY, "<!DOCTYPE html><base target=\"_blank\">" + mail.html());
    }

    private Mono<ServerResponse> source(long id) {
        return mailbox.find(id).isEmpty()
                ? ServerResponse.notFound().build()
                : hardened(PAGE_POLICY)
                        .contentType(MediaType.parseMediaType("message/rfc822"))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".eml\"")
                        .body(BodyInserters.fromResource(new FileSystemResource(mailbox.file(id))));
    }

    private Mono<ServerResponse> empty() throws IOException {
        mailbox.empty();
        return ServerResponse.noContent().build();
    }

    private List<CaughtMail> matching(ServerRequest request) {
        String recipient = recipient(request);
        return mailbox.newestFirst().stream()
                .filter(mail -> recipient.isEmpty() || mail.isFor(recipient))
                .toList();
    }

    private static String recipient(ServerRequest request) {
        return request.queryParam("to").orElse("").strip();
    }

    private static long id(ServerRequest request) {
        return Long.parseLong(request.pathVariable("id"));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 1;
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private static Mono<ServerResponse> html(String policy, String body) {
        return hardened(policy).contentType(HTML).bodyValue(body);
    }

    private static Mono<ServerResponse> styleSheet() {
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType("text/css"))
                .body(BodyInserters.fromResource(new ClassPathResource("mailbox/style.css")));
    }

    private static ServerResponse.BodyBuilder hardened(String policy) {
        return ServerResponse.ok()
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static Mono<ServerResponse> answer(Callable<Mono<ServerResponse>> answer) {
        return Mono.fromCallable(answer).flatMap(Function.identity()).subscribeOn(Schedulers.boundedElastic());
    }
}
