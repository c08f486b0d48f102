package dev.tidings.adapters.rest;

import dev.tidings.adapters.rest.SendRequest.Fallback;
import dev.tidings.adapters.rest.SendRequest.Subscription;
import dev.tidings.application.Fields;
import dev.tidings.application.acceptance.Fallback.Until;
import dev.tidings.application.acceptance.SendByChannels;
import dev.tidings.application.acceptance.SendByChannels.Plan;
import dev.tidings.application.contact.PhoneNumbers;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.Channel;
import dev.tidings.domain.recipient.DeviceToken;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import dev.tidings.domain.recipient.PushSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * By which channels a request goes, in their order, and to which addresses.
 *
 * @param given at least one channel; without an address where the person's contact points are to be used
 */
record SendRoutes(
        SequencedMap<Channel, List<Address>> given,
        @Nullable Plan plan) {

    static final long LONGEST_WAIT = Plan.LONGEST.toSeconds();

    private static final String CHANNELS = "channels";
    private static final EmailAddress ANYBODY = new EmailAddress("anybody@example.org");

    Channel firstChannel() {
        return given.firstEntry().getKey();
    }

    /** Stands in for those that are not known yet. */
    Address anyAddress() {
        List<Address> first = given.firstEntry().getValue();
        return first.isEmpty() ? ANYBODY : first.getFirst();
    }

    static SendRoutes of(SendRequest request, boolean knownPerson, PhoneNumbers phones, Fields fields) {
        Map<Channel, List<Address>> addresses = addresses(request, phones, fields);
        SequencedSet<Channel> channels = channels(request, addresses, fields);
        SequencedMap<Channel, List<Address>> given = new LinkedHashMap<>();
        channels.forEach(channel -> given.put(channel, addresses.getOrDefault(channel, List.of())));
        checkThatAllAreUsed(addresses, channels, fields);
        if (!knownPerson) {
            checkThatAllAreGiven(given, fields);
        }
        return new SendRoutes(given, plan(request.fallback(), channels.size(), fields));
    }

    private static Map<Channel, List<Address>> addresses(SendRequest request, PhoneNumbers phones, Fields fields) {
        Map<Channel, List<Address>> addresses = new EnumMap<>(Channel.class);
        if (isGiven(request.recipientEmail())) {
            put(
                    addresses,
                    Channel.EMAIL,
                    fields.optional("recipient_email", request.recipientEmail(), EmailAddress::new));
        }
        if (isGiven(request.recipientPhone())) {
            PhoneNumber phone = fields.optional("recipient_phone", request.recipientPhone(), phones::parse);
            put(addresses, Channel.SMS, phone);
            put(addresses, Channel.WHATSAPP, phone);
        }
        if (isGiven(request.recipientToken())) {
            put(
                    addresses,
                    Channel.PUSH,
                    fields.optional("recipient_token", request.recipientToken(), DeviceToken::new));
        }
        if (request.recipientSubscription() != null) {
            put(addresses, Channel.PUSH, subscription(request.recipientSubscription(), fields));
        }
        return addresses;
    }

    /** What can't be used has been complained about; something stands in for it, so that the rest is looked at, too. */
    private static void put(Map<Channel, List<Address>> addresses, Channel channel, @Nullable Address address) {
        addresses.computeIfAbsent(channel, _ -> new ArrayList<>()).add(Objects.requireNonNullElse(address, ANYBODY));
    }

    static @Nullable PushSubscription subscription(@Nullable Subscription given, Fields fields) {
        if (given == null) {
            return null;
        }
        try {
            Subscription.Keys keys = given.keys();
            return PushSubscription.of(
                    Objects.requireNonNullElse(given.endpoint(), ""),
                    keys == null || keys.p256dh() == null ? "" : keys.p256dh(),
                    keys == null || keys.auth() == null ? "" : keys.auth());
        } catch (IllegalArgumentException e) {
            fields.wrong("recipient_subscription", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static SequencedSet<Channel> channels(
            SendRequest request, Map<Channel, List<Address>> addresses, Fields fields) {
        SequencedSet<Channel> channels = new LinkedHashSet<>();
        Channel only = fields.optional("channel", request.channel(), Words.of(Channel.class));
        if (only != null && !request.channels().isEmpty()) {
            fields.wrong(CHANNELS, "must be absent where channel is given");
        }
        if (only != null) {
            channels.add(only);
        }
        for (String word : request.channels()) {
            Channel channel = fields.optional(CHANNELS, word, Words.of(Channel.class));
            if (channel != null) {
                channels.add(channel);
            }
        }
        if (channels.isEmpty()) {
            channels.add(addresses.keySet().stream().findFirst().orElse(Channel.EMAIL));
        }
        return channels;
    }

    private static void checkThatAllAreUsed(
            Map<Channel, List<Address>> addresses, SequencedSet<Channel> channels, Fields fields) {
        addresses.forEach((channel, of) -> {
            boolean used = channels.contains(channel)
                    || channel == Channel.WHATSAPP
                    || (channel == Channel.SMS && channels.contains(Channel.WHATSAPP));
            if (!used) {
                fields.wrong(SendByChannels.fieldOf(channel), "must be absent: it is not used by " + words(channels));
            }
        });
    }

    private static String words(SequencedSet<Channel> channels) {
        return String.join(", ", channels.stream().map(Words::of).toList());
    }

    private static void checkThatAllAreGiven(SequencedMap<Channel, List<Address>> given, Fields fields) {
        given.replaceAll((channel, addresses) -> {
            if (addresses.isEmpty()) {
                fields.wrong(SendByChannels.fieldOf(channel), "is missing");
                return List.of(ANYBODY);
            }
            return addresses;
        });
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static @Nullable Plan plan(@Nullable Fallback fallback, int channels, Fields fields) {
        if (fallback == null) {
            return null;
        }
        if (channels < 2) {
            fields.wrong("fallback", "needs two or more channels");
        }
        Until until = fields.optional("fallback.unless", fallback.unless(), Words.of(Until.class));
        Long after = fallback.afterSeconds();
        if (after == null) {
            fields.wrong("fallback.after_seconds", "is missing");
            return null;
        }
        return new Plan(Duration.ofSeconds(after), Objects.requireNonNullElse(until, Until.DELIVERED));
    }

    /** What is wrong with fields inside another one. */
    static void within(String outer, Fields inside, Fields fields) {
        inside.problem()
                .ifPresent(problem ->
                        problem.errors().forEach(error -> fields.wrong(outer + "." + error.field(), error.problem())));
    }
}
