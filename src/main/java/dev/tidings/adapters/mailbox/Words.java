package dev.tidings.adapters.mailbox;

import dev.tidings.domain.recipient.Channel;
import java.util.Locale;

/** Channels as the API writes them, and as people do. */
final class Words {

    private Words() {}

    static String of(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    static String shown(Channel channel) {
        return switch (channel) {
            case EMAIL -> "Email";
            case SMS -> "SMS";
            case WHATSAPP -> "WhatsApp";
            case PUSH -> "Push";
        };
    }
}
