package dev.tidings.adapters.rest;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a problem's type leads to: a few lines for whoever met it. */
@RestController
@Hidden
final class ProblemPages {

    @GetMapping(path = "/problems", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    String all() {
        return Arrays.stream(ProblemType.values()).map(ProblemPages::text).collect(Collectors.joining("\n"));
    }

    @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    String one(@PathVariable String slug) {
        return ProblemType.bySlug(slug)
                .map(ProblemPages::text)
                .orElseThrow(() -> new Refused(ProblemType.NOT_FOUND, "There is no such kind of problem"));
    }

    private static String text(ProblemType type) {
        return type.uri() + "\n" + type.status().value() + " " + type.title() + "\n\n" + type.explanation() + "\n";
    }
}
