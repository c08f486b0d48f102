package dev.tidings.application.doubles;

import dev.tidings.application.parking.ParkedMessage;
import dev.tidings.application.parking.ParkedMessages;
import dev.tidings.application.parking.ParkingUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What was put aside, in the order in which it was, and what was put back to work. */
public final class InMemoryParkedMessages implements ParkedMessages {

    private final List<ParkedMessage> parked = new CopyOnWriteArrayList<>();
    private final List<String> redriven = new CopyOnWriteArrayList<>();
    private volatile boolean unreachable;

    public void park(String id, String reasonCode, Instant at) {
        park(id, reasonCode, "general_queue", at);
    }

    public void park(String id, String reasonCode, @Nullable String queue, Instant at) {
        parked.add(new ParkedMessage(
                id,
                reasonCode,
                "so it is",
                "UserRegistered",
                "users",
                queue,
                null,
                null,
                at,
                1,
                0,
                2,
                "m-" + id,
                "c-1",
                Map.of("x-retry", "4")));
    }

    public void becomeUnreachable() {
        unreachable = true;
    }

    public List<String> ids() {
        return parked.stream().map(ParkedMessage::id).toList();
    }

    /** Each with who wanted it. */
    public List<String> redriven() {
        return redriven;
    }

    @Override
    public synchronized Visit visit(int most, Visitor visitor) {
        if (unreachable) {
            throw new ParkingUnavailable("the broker can't be reached", null);
        }
        int seen = 0;
        int again = 0;
        int deleted = 0;
        for (ParkedMessage message : List.copyOf(parked)) {
            if (seen == most) {
                return new Visit(seen, false, again, deleted, null);
            }
            seen++;
            switch (visitor.see(message, "{}".getBytes(StandardCharsets.UTF_8))) {
                case Verdict.Keep _ -> {}
                case Verdict.Stop _ -> {
                    return new Visit(seen - 1, false, again, deleted, null);
                }
                case Verdict.Delete _ -> {
                    parked.remove(message);
                    deleted++;
                }
                case Verdict.Redrive redrive -> {
                    parked.remove(message);
                    redriven.add(message.id() + " by " + redrive.by());
                    again++;
                }
            }
        }
        return new Visit(seen, true, again, deleted, null);
    }
}
