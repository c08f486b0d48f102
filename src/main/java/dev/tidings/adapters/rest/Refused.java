package dev.tidings.adapters.rest;

import org.springframework.http.HttpHeaders;

/** What the edge itself refuses, before or after any use case. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final transient HttpHeaders headers;

    Refused(ProblemType type, String detail) {
        this(type, detail, new HttpHeaders());
    }

    Refused(ProblemType type, String detail, HttpHeaders headers) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.headers = headers;
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return detail;
    }

    HttpHeaders headers() {
        return headers;
    }
}
