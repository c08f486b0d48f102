package dev.tidings.adapters.mailbox;

import dev.tidings.application.caught.Caught;
import dev.tidings.application.caught.CaughtMessages;
import dev.tidings.application.caught.Opened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
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
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows to people and to tools what was caught, where anything catches. Whatever a message contains is hostile. */
@Configuration(proxyBeanMethods = false)
class MailboxPages {

    private static final PathPattern ALL_PAGES = PathPatternParser.defaultInstance.parse("/mailbox/**");

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    // No script and no request to anywhere; its links may be followed, in a window of their own.
    private static final String MESSAGE_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
                    + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String ID = "{id:[a-z0-9-]{1,40}}";
    private static final int PAGE_SIZE = 50;

    /** Of each that catches messages; those keep no more. */
    private static final int MOST_SHOWN = 100_000;

    private final ObjectProvider<CaughtMessages> catchers;
    private final MailboxTemplates templates = new MailboxTemplates();

    MailboxPages(ObjectProvider<CaughtMessages> catchers) {
        this.catchers = catchers;
    }

    @Bean
    RouterFunction<ServerResponse> mailboxRoutes() {
        RouterFunction<ServerResponse> routes = RouterFunctions.route()
                .GET("/mailbox", request -> answer(() -> list(request)))
                .GET("/mailbox/style.css", request -> styleSheet())
                .GET("/mailbox/messages", request -> answer(() -> json(jsonList(request))))
                .DELETE("/mailbox/messages", request -> answer(this::empty))
                .GET(
                        "/mailbox/messages/" + ID,
                        request -> answer(() -> message(request, opened -> json(MailboxJson.of(opened)))))
                .GET("/mailbox/" + ID, request -> answer(() -> message(request, this::page)))
                .GET("/mailbox/" + ID + "/html", request -> answer(() -> message(request, MailboxPages::htmlPart)))
                .GET("/mailbox/" + ID + "/source", request -> answer(() -> source(request)))
                .build();
        // By the path first: every request to Tidings comes by here.
        return request -> ALL_PAGES.matches(request.requestPath().pathWithinApplication())
                        && catchers.stream().findAny().isPresent()
                ? routes.route(request)
                : Mono.empty();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        MailboxFilter filter = MailboxFilter.from(request);
        List<Caught> all = matching(filter);
        int pages = Math.max(1, Math.ceilDiv(all.size(), PAGE_SIZE));
        int page =
                Math.clamp(request.queryParam("page").map(MailboxPages::number).orElse(1), 1, pages);
        List<Caught> shown =
                all.stream().skip((page - 1L) * PAGE_SIZE).limit(PAGE_SIZE).toList();
        return html(PAGE_POLICY, templates.list(shown, filter, all.size(), page, pages));
    }

    private List<MailboxJson.Row> jsonList(ServerRequest request) {
        return matching(MailboxFilter.from(request)).stream()
                .map(MailboxJson.Row::of)
                .toList();
    }

    private Mono<ServerResponse> message(ServerRequest request, Function<Opened, Mono<ServerResponse>> shown) {
        return catchers.stream()
                .map(each -> each.find(id(request)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(shown)
                .orElseGet(() -> ServerResponse.notFound().build());
    }

    private Mono<ServerResponse> page(Opened opened) {
        return html(
                PAGE_POLICY,
                templates.message(opened, source(opened.message().id()).isPresent()));
    }

    private static Mono<ServerResponse> htmlPart(Opened opened) {
        return opened.html() == null
                ? ServerResponse.notFound().build()
                : html(MESSAGE_POLICY, "<!DOCTYPE html><base target=\"_blank\">" + opened.html());
    }

    private Mono<ServerResponse> source(ServerRequest request) {
        return source(id(request))
                .map(file -> hardened(PAGE_POLICY)
                        .contentType(MediaType.parseMediaType("message/rfc822"))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id(request) + ".eml\"")
                        .body(BodyInserters.fromResource(new FileSystemResource(file))))
                .orElseGet(() -> ServerResponse.notFound().build());
    }

    private Optional<Path> source(String id) {
        return catchers.stream()
                .map(each -> each.source(id))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Mono<ServerResponse> empty() {
        catchers.forEach(CaughtMessages::empty);
        return ServerResponse.noContent().build();
    }

    private List<Caught> matching(MailboxFilter filter) {
        return catchers.stream()
                .map(each -> each.newest(MOST_SHOWN))
                .flatMap(List::stream)
                .filter(filter::admits)
                .sorted(Comparator.comparing(Caught::received).reversed())
                .toList();
    }

    private static String id(ServerRequest request) {
        return request.pathVariable("id");
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
