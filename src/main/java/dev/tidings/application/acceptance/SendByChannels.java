package dev.tidings.application.acceptance;

import dev.tidings.application.Fields;
import dev.tidings.application.InvalidInput;
import dev.tidings.application.acceptance.ComposeNotifications.Request;
import dev.tidings.application.acceptance.Fallback.Until;
import dev.tidings.application.contact.ContactPoints;
import dev.tidings.application.contact.ContactPoints.ContactPoint;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.Reach;
import dev.tidings.domain.recipient.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one notification of a request for each way in which the person is to be reached: through all channels at once,
 * or through one after the other until one has arrived. Each has an outcome of its own.
 */
public final class SendByChannels {

    /** Of one channel; a person has as many devices as that at most. */
    private static final int MOST_ADDRESSES = 50;

    private final ComposeNotifications compose;
    private final AcceptNotifications accept;
    private final ContactPoints contacts;

    public SendByChannels(ComposeNotifications compose, AcceptNotifications accept, ContactPoints contacts) {
        this.compose = compose;
        this.accept = accept;
        this.contacts = contacts;
    }

    /**
     * @param request what is the same for all
     * @param given by channel, in their order, the addresses that the caller knows; where there are none, the person's
     *     own contact points are used
     * @param fallback absent when all go out at once
     */
    public record Order(
            Request request,
            SequencedMap<Channel, List<Address>> given,
            @Nullable Plan fallback) {}

    /**
     * @param after how long each waits for those before it; 1 s to 7 days
     * @param until how far one of them must come to make the rest needless
     */
    public record Plan(Duration after, Until until) {

        public static final Duration SHORTEST = Duration.ofSeconds(1);
        public static final Duration LONGEST = Duration.ofDays(7);
    }

    /** @param channel by which one notification goes */
    public record Dispatched(Channel channel, Receipt receipt) {}

    /** All that follows from an order: in the order of the channels, one or more notifications for each. */
    public record Prepared(
            List<List<NotificationDraft>> drafts, @Nullable Plan fallback) {}

    /**
     * Blocks while contact points are looked up. Channels by which the person can't be reached are left out.
     *
     * @throws InvalidInput when there is something wrong with any of them, or there is no way to reach the person
     */
    public Prepared prepare(Order order) {
        return new Prepared(drafts(order), order.fallback);
    }

    /** @return in the order of the channels, at least one */
    public CompletableFuture<List<Dispatched>> accept(Prepared prepared) {
        return prepared.fallback == null
                ? atOnce(prepared.drafts.stream().flatMap(List::stream).toList())
                : oneAfterTheOther(prepared.drafts, prepared.fallback);
    }

    private List<List<NotificationDraft>> drafts(Order order) {
        List<Step> steps = steps(order);
        boolean several = steps.size() > 1 || steps.getFirst().addresses.size() > 1;
        List<List<NotificationDraft>> drafts = new ArrayList<>();
        for (Step step : steps) {
            List<NotificationDraft> ofStep = new ArrayList<>();
            for (Address address : step.addresses) {
                String part = several ? part(step.channel, ofStep.size()) : null;
                ofStep.add(compose.compose(order.request.to(step.channel, address, step.given, part)));
            }
            drafts.add(ofStep);
        }
        return drafts;
    }

    private static String part(Channel channel, int number) {
        return channel.name().toLowerCase(Locale.ROOT) + (number == 0 ? "" : "." + number);
    }

    /** @param given whether the caller named the addresses */
    private record Step(Channel channel, List<Address> addresses, boolean given) {}

    private List<Step> steps(Order order) {
        UserId userId = order.request.userId();
        boolean allGiven = order.given.values().stream().noneMatch(List::isEmpty);
        Map<Channel, List<Address>> known = allGiven || userId == null
                ? Map.of()
                : byChannel(contacts.of(userId).stream().map(ContactPoint::reach));
        List<Step> steps = new ArrayList<>();
        order.given.forEach((channel, given) -> {
            List<Address> addresses = given.isEmpty() ? known.getOrDefault(channel, List.of()) : given;
            if (!addresses.isEmpty()) {
                steps.add(new Step(
                        channel, addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size())), !given.isEmpty()));
            }
        });
        if (steps.isEmpty()) {
            Fields fields = new Fields();
            order.given.keySet().forEach(channel -> fields.wrong(fieldOf(channel), nobody(userId)));
            lookAtTheRest(order.request, fields);
            fields.check();
        }
        return steps;
    }

    private void lookAtTheRest(Request request, Fields fields) {
        try {
            compose.compose(request);
        } catch (InvalidInput e) {
            e.errors().forEach(error -> fields.wrong(error.field(), error.problem()));
        }
    }

    private static Map<Channel, List<Address>> byChannel(Stream<Reach> reaches) {
        Map<Channel, List<Address>> byChannel = new TreeMap<>();
        reaches.forEach(reach -> byChannel
                .computeIfAbsent(reach.channel(), _ -> new ArrayList<>())
                .add(reach.address()));
        return byChannel;
    }

    /** What the field is called in which a caller names such an address. */
    public static String fieldOf(Channel channel) {
        return switch (channel) {
            case EMAIL -> "recipient_email";
            case SMS, WHATSAPP -> "recipient_phone";
            case PUSH -> "recipient_token";
        };
    }

    private static String nobody(@Nullable UserId userId) {
        return userId == null ? "is missing" : "is missing, and the person has no contact point for that channel";
    }

    private CompletableFuture<List<Dispatched>> atOnce(List<NotificationDraft> drafts) {
        if (drafts.size() == 1) {
            NotificationDraft only = drafts.getFirst();
            return accept.accept(only).thenApply(receipt -> List.of(new Dispatched(only.channel(), receipt)));
        }
        List<CompletableFuture<Dispatched>> accepted = drafts.stream()
                .map(draft -> accept.accept(draft).thenApply(receipt -> new Dispatched(draft.channel(), receipt)))
                .toList();
        return CompletableFuture.allOf(accepted.toArray(CompletableFuture[]::new))
                .thenApply(_ -> accepted.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<List<Dispatched>> oneAfterTheOther(List<List<NotificationDraft>> steps, Plan plan) {
        CompletableFuture<List<Dispatched>> soFar = atOnce(steps.getFirst());
        for (int i = 1; i < steps.size(); i++) {
            List<NotificationDraft> step = steps.get(i);
            Duration delay = plan.after.multipliedBy(i);
            soFar = soFar.thenCompose(earlier -> atOnce(step.stream()
                            .map(draft -> after(earlier, draft, delay, plan.until))
                            .toList())
                    .thenApply(more ->
                            Stream.concat(earlier.stream(), more.stream()).toList()));
        }
        return soFar;
    }

    /** It needn't wait for what will never be sent. */
    private static NotificationDraft after(
            List<Dispatched> earlier, NotificationDraft draft, Duration delay, Until until) {
        List<NotificationId> waitedFor = earlier.stream()
                .map(Dispatched::receipt)
                .filter(receipt -> !receipt.status().isEnd())
                .map(Receipt::notificationId)
                .toList();
        Instant start = Objects.requireNonNullElse(draft.sendAt(), draft.requestedAt());
        return waitedFor.isEmpty() ? draft : draft.after(new Fallback(waitedFor, until), start.plus(delay));
    }
}
