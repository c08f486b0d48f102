package dev.tidings.adapters.rest;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/** What all lists have in common that come page by page. */
final class Pages {

    static final int USUAL_LIMIT = 50;

    private static final int HIGHEST_LIMIT = 200;

    private Pages() {}

    static int limit(String text) {
        if (text.matches("\\d{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= HIGHEST_LIMIT) {
                return limit;
            }
        }
        throw new IllegalArgumentException("must be a whole number from 1 to " + HIGHEST_LIMIT);
    }

    /** With the address of the next page (RFC 8288), if there is one. */
    static <T> ResponseEntity<T> answer(T page, @Nullable String next, ServerHttpRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + nextPage(request.getURI(), next) + ">; rel=\"next\"");
        }
        return answer.body(page);
    }

    /** Relative, so that it holds behind any proxy. */
    private static String nextPage(URI uri, String next) {
        return UriComponentsBuilder.newInstance()
                .path(uri.getRawPath())
                .query(uri.getRawQuery())
                .replaceQueryParam("cursor", next)
                .build()
                .toUriString();
    }
}
