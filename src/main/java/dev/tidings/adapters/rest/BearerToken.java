package dev.tidings.adapters.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Lets nobody in without the one configured token, but for what everybody may see. Without a token everything is open. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class BearerToken implements WebFilter {

    private static final String SCHEME = "Bearer ";

    private final byte[] token;
    private final List<PathPattern> open;

    BearerToken(
            @Value("${tidings.access.token:}") String token,
            @Value("${tidings.embedded.parts:}") List<String> embeddedParts) {
        this.token = token.strip().getBytes(StandardCharsets.UTF_8);
        this.open = openPaths(embeddedParts.contains("mail"));
    }

    private static List<PathPattern> openPaths(boolean mailIsCaught) {
        return Stream.concat(
                        Stream.of(
                                "/broker/ping",
                                "/broker/health/**",
                                "/health/**",
                                "/documentation/**",
                                "/v3/api-docs/**",
                                "/v3/api-docs.yaml",
                                "/swagger-ui/**",
                                "/swagger-ui.html",
                                "/webjars/**",
                                "/problems/**",
                                // Providers prove in their own ways who they are.
                                "/callbacks/**",
                                "/webhook/whatsapp"),
                        mailIsCaught ? Stream.of("/mailbox/**") : Stream.of())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (token.length == 0 || isOpen(exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        String given = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return isRight(given) ? chain.filter(exchange) : Mono.error(unauthorized(given));
    }

    private boolean isOpen(PathContainer path) {
        return open.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private boolean isRight(@Nullable String given) {
        return given != null
                && StringUtils.startsWithIgnoreCase(given, SCHEME)
                && MessageDigest.isEqual(
                        token, given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 6750, 3: the error is named only to those who tried. */
    private static Refused unauthorized(@Nullable String given) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(
                HttpHeaders.WWW_AUTHENTICATE,
                given == null ? "Bearer realm=\"tidings\"" : "Bearer realm=\"tidings\", error=\"invalid_token\"");
        return new Refused(
                ProblemType.UNAUTHORIZED,
                given == null
                        ? "The header Authorization is missing: send \"Authorization: Bearer <token>\""
                        : "The token is not the one that this Tidings knows",
                headers);
    }
}
