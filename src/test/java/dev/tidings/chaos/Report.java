package dev.tidings.chaos;

import dev.tidings.chaos.Result.Ledger;
import dev.tidings.chaos.Result.Unkept;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The matrix as a page. */
final class Report {

    private static final String HEAD = """
            | part | fault | accepted | lost | doubled | not listed | in the log = sent + failed + suppressed + waiting \
            | refused / unanswered / unconfirmed | reads failed | mail flows again | nothing due |
            |---|---|---:|---:|---:|---:|---|---|---|---:|---:|
            """;

    private Report() {}

    static String page(List<Result> results, List<String> leftOut, Map<String, String> versions, String command) {
        long clean = results.stream().filter(Result::isClean).count();
        int accepted = results.stream().mapToInt(Result::accepted).sum();
        StringBuilder page = new StringBuilder("# Kill matrix\n")
                .append(clean)
                .append(" of ")
                .append(results.size())
                .append(" cells clean. ")
                .append(number(accepted))
                .append(" notifications accepted, ")
                .append(number(results.stream().mapToInt(Result::lost).sum()))
                .append(" lost, ")
                .append(number(results.stream().mapToInt(Result::doubled).sum()))
                .append(" doubled, of which ")
                .append(number(results.stream().mapToInt(Result::notListed).sum()))
                .append(" not listed.\n\n")
                .append("Written by `")
                .append(command)
                .append("` on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". Everything on one machine: ")
                .append(machine())
                .append(". ");
        versions.forEach(
                (what, version) -> page.append(what).append(' ').append(version).append(". "));
        page.append("\n\n").append(HEAD);
        results.forEach(result -> page.append(row(result)));
        leftOut.forEach(cell -> page.append("\nNot run: ").append(cell).append('\n'));
        results.stream()
                .filter(result -> !result.isClean())
                .forEach(result -> page.append("\n**")
                        .append(result.cell().id())
                        .append("**: ")
                        .append(troubles(result))
                        .append('\n'));
        return page.append('\n').append(howToRead()).toString();
    }

    private static String row(Result result) {
        Ledger ledger = result.ledger();
        Unkept unkept = result.unkept();
        return "| "
                + String.join(
                        " | ",
                        result.cell().part().name().toLowerCase(Locale.ROOT),
                        result.cell().fault(),
                        number(result.accepted()),
                        number(result.lost()),
                        number(result.doubled()),
                        number(result.notListed()),
                        number(ledger.requested()) + (ledger.balances() ? " = " : " ≠ ") + number(ledger.sent()) + " + "
                                + number(ledger.failed()) + " + " + number(ledger.suppressed()) + " + "
                                + number(ledger.waiting()),
                        number(unkept.refused()) + " / " + number(unkept.unanswered()) + " / "
                                + number(unkept.unconfirmed()),
                        number(result.reads().failed()) + " of "
                                + number(result.reads().asked()),
                        seconds(result.timing().untilBack()),
                        seconds(Optional.of(result.timing().settling())))
                + " |\n";
    }

    /** For whoever watches. */
    static String line(Result result) {
        return (result.isClean() ? "clean " : "UNCLEAN ")
                + row(result).strip()
                + (result.isClean() ? "" : "\n    " + troubles(result));
    }

    private static String troubles(Result result) {
        StringBuilder troubles = new StringBuilder(String.join("; ", result.troubles()));
        if (result.ledger().behind() != 0) {
            troubles.append("; the view says ").append(result.ledger().viewed());
        }
        if (result.parked() > 0) {
            troubles.append("; parked: ").append(result.parked());
        }
        if (result.unannounced() > 0) {
            troubles.append("; not announced: ").append(result.unannounced());
        }
        if (result.reads().notFound() > 0) {
            troubles.append("; not found: ").append(result.reads().notFound());
        }
        return troubles.toString();
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3))
                .orElse("never");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, "
                + (ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? (system.getTotalMemorySize() >> 30) + " GB, "
                        : "")
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String howToRead() {
        return """
            ## How to read it
            Two Tidings on one database and one broker, a PostgreSQL primary with a streaming standby, RabbitMQ with quorum \
            queues, and a mail relay that keeps note of every mail it has taken. Other services publish %d events and make %d \
            REST requests a second, each for a recipient of its own; a third into the load the fault strikes, and the load goes \
            on until mail flows again. Then everything is given time to settle, and the books are compared.

            - **accepted**: what a caller was promised: answered with 202, or confirmed by the broker.
            - **lost**: accepted, and unknown to the log; or neither ended nor waiting in the queue; or said to be sent, and never \
            taken by the relay. Must be 0.
            - **doubled**: recipients whose mail the relay has taken twice or more. With what is at hand (SMTP) nobody can rule that \
            out: whoever is cut off before the answer can't know. The `Message-ID` is the same each time.
            - **not listed**: doubled, and the timeline says neither that an outcome was unknown nor that it was sent again. Must \
            be 0.
            - **in the log**: what the log knows of, the unanswered included; each is in exactly one of the four. From the log and \
            the queue, and the same from the view.
            - **waiting**: held for a person: an attempt of unknown outcome of a type that is not resent by itself (`marketing`, \
            one in forty here), or whose retries are used up.
            - **refused, unanswered, unconfirmed**: REST requests answered with an error or not connected, REST requests and \
            published events without an answer. Nobody was promised anything; some of them were accepted all the same. Every \
            other caller asks again with the same `Idempotency-Key`; nobody else asks twice.
            - **reads failed**: of reads of accepted notifications by id, at random nodes, those that were not answered with \
            200. None was ever answered with 404.
            - **mail flows again**: from the end of the fault until the relay takes mail at 80 %% of the rate before it. 0: it never \
            ebbed, or not after the fault. What was killed is "over" when it is started again, so its start is included.
            - **nothing due**: from the end of the fault, or of the load if that was later, until all was settled, shown \
            and announced.

            Announcements (`notification.sent`, `notification.failed`) were heard at least once for each that was sent or failed, and \
            nothing was parked: else the cell would not be clean, either.

            Settings other than the defaults: a lease of %d s (60 s), so that a node frozen for 20 s loses its claims; %d s of patience \
            with the relay (30 s, 2 min after the mail); in the cells with a promotion commits wait for the standby \
            (`synchronous_standby_names`), without which what was not streamed yet would be lost with the old primary.
            """.formatted(
                        Trial.PER_SECOND - Trial.PER_SECOND / 5,
                        Trial.PER_SECOND / 5,
                        Stage.LEASE.toSeconds(),
                        Stage.PATIENCE_WITH_RELAY.toSeconds());
    }
}
