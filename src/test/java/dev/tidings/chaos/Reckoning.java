package dev.tidings.chaos;

import dev.tidings.chaos.Books.Story;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what callers were promised with what the relay has taken, and with what Tidings itself says. */
final class Reckoning {

    private static final int SHOWN = 5;

    private Reckoning() {}

    /** @param troubles is added to */
    static Result of(
            Cell cell,
            Load load,
            Books books,
            Map<String, List<String>> mails,
            Set<String> announced,
            int parked,
            Result.Timing timing,
            List<String> troubles) {
        List<String> lost = lost(load.accepted(), books, mails);
        List<String> doubled = doubled(mails);
        List<String> notListed = notListed(doubled, books);
        show(troubles, "lost", lost, books);
        show(troubles, "doubled and not listed", notListed, books);
        return new Result(
                cell,
                load.accepted().size(),
                lost.size(),
                doubled.size(),
                notListed.size(),
                parked,
                unannounced(books, announced),
                ledger(books),
                new Result.Unkept(load.refused(), load.unanswered(), load.unconfirmed()),
                new Result.Reads(load.reads(), load.failedReads(), load.notFound()),
                timing,
                troubles);
    }

    static List<String> lost(Set<String> accepted, Books books, Map<String, List<String>> mails) {
        return accepted.stream().filter(key -> isLost(key, books, mails)).toList();
    }

    static List<String> doubled(Map<String, List<String>> mails) {
        return mails.entrySet().stream()
                .filter(mail -> mail.getValue().size() > 1)
                .map(mail -> mail.getKey().substring(0, mail.getKey().indexOf('@')))
                .toList();
    }

    static List<String> notListed(List<String> doubled, Books books) {
        return doubled.stream().filter(key -> !ownsUp(key, books)).toList();
    }

    private static void show(List<String> troubles, String what, List<String> keys, Books books) {
        if (!keys.isEmpty()) {
            troubles.add(what + ": "
                    + keys.stream()
                            .limit(SHOWN)
                            .map(key -> key + " " + books.stories().get(key))
                            .toList());
        }
    }

    /** It never came to the log, or the log knows no end of it and the queue nothing, or it says "sent" and lies. */
    private static boolean isLost(String key, Books books, Map<String, List<String>> mails) {
        List<Story> stories = books.stories().getOrDefault(key, List.of());
        boolean accountedFor =
                !stories.isEmpty() && stories.stream().allMatch(story -> story.hasEnded() || books.waits(story));
        boolean saidToBeSent = stories.stream().anyMatch(story -> story.has("sent"));
        return !accountedFor || (saidToBeSent && !mails.containsKey(key + "@example.org"));
    }

    private static boolean ownsUp(String key, Books books) {
        List<Story> stories = books.stories().getOrDefault(key, List.of());
        return stories.size() == 1 && stories.getFirst().ownsUpToDoubles();
    }

    static int unannounced(Books books, Set<String> announced) {
        return books.count(story -> (story.has("sent") || story.has("failed")) && !announced.contains(story.id()));
    }

    static Result.Ledger ledger(Books books) {
        return new Result.Ledger(
                books.requested(),
                books.count(story -> story.has("sent")),
                books.count(Story::failed),
                books.count(Story::suppressed),
                books.due().size() + books.held().size(),
                books.viewed());
    }
}
