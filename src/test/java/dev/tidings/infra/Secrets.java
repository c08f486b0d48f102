package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

/** What make ssl-setup makes, in a directory of the test's own. */
record Secrets(Path directory, String said) {

    static Secrets makeIn(Path directory) {
        Repository.Run run = Repository.run(Map.of(), "infra/bin/ssl-setup", directory.toString());
        assertThat(run.status()).as(run.output()).isZero();
        return new Secrets(directory, run.output());
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    String text(String name) {
        return Repository.text(path(name));
    }
}
