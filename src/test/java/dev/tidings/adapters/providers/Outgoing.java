package dev.tidings.adapters.providers;

import dev.tidings.application.delivery.OutgoingMessage;
import dev.tidings.application.notification.Message;
import dev.tidings.application.notification.Message.Extras;
import dev.tidings.application.notification.RequestContext;
import dev.tidings.domain.access.ServiceId;
import dev.tidings.domain.category.Lane;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.recipient.Address;
import dev.tidings.domain.recipient.EmailAddress;
import dev.tidings.domain.recipient.PhoneNumber;
import java.net.URI;
import java.util.Map;

/** Messages that the tests send. */
public final class Outgoing {

    public static final NotificationId ID = NotificationId.of("0198c0de-0000-7000-8000-000000000001");
    public static final int ATTEMPT = 2;
    public static final PhoneNumber NUMBER = new PhoneNumber("+919812345678");
    public static final EmailAddress EMAIL = new EmailAddress("ada.lovelace@example.org");
    public static final String NAME = "Ada Lovelace";
    public static final String TEXT = "Your parcel & more arrives at 5 p.m. – açaí";

    private Outgoing() {}

    public static OutgoingMessage text(Address recipient) {
        return of(recipient, new Message("Parcel", TEXT, null, Extras.NONE));
    }

    public static OutgoingMessage html(Address recipient) {
        return of(recipient, new Message("Parcel", TEXT, "<p>Your parcel</p>", Extras.NONE));
    }

    public static OutgoingMessage withoutSubject(Address recipient) {
        return of(recipient, new Message("", TEXT, null, Extras.NONE));
    }

    public static OutgoingMessage fromTemplate(Address recipient, String template, Map<String, String> variables) {
        return of(
                recipient,
                new Message("Parcel", TEXT, null, new Extras(template, variables, Map.of(), null, Map.of())));
    }

    public static OutgoingMessage media(Address recipient, String address) {
        return of(
                recipient,
                new Message("Parcel", TEXT, null, new Extras(null, Map.of(), Map.of(), URI.create(address), Map.of())));
    }

    public static OutgoingMessage option(Address recipient, String name, String value) {
        return of(
                recipient,
                new Message("Parcel", TEXT, null, new Extras(null, Map.of(), Map.of(), null, Map.of(name, value))));
    }

    public static OutgoingMessage data(Address recipient, String title, String text, Map<String, String> data) {
        return of(recipient, new Message(title, text, null, new Extras(null, Map.of(), data, null, Map.of())));
    }

    public static OutgoingMessage in(Lane lane, Address recipient) {
        return of(lane, recipient, new Message("Parcel", TEXT, null, Extras.NONE));
    }

    private static OutgoingMessage of(Address recipient, Message message) {
        return of(Lane.NORMAL, recipient, message);
    }

    private static OutgoingMessage of(Lane lane, Address recipient, Message message) {
        return new OutgoingMessage(
                ID,
                ATTEMPT,
                lane,
                new RequestContext(new ServiceId("tests"), null, null),
                recipient,
                NAME,
                message,
                null,
                OutgoingMessage.LastLook.NOTHING);
    }
}
