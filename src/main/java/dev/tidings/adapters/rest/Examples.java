package dev.tidings.adapters.rest;

/** The examples of the API document. A test sends each of them. */
final class Examples {

    static final String TEMPLATE_VARS = """
            {"username": "Ada", "reset_link": "https://app.example/reset-password?token=1b9d6bcd"}""";

    static final String SEND_TEMPLATE = """
            {
              "notification_type": "password_reset",
              "recipient_email": "ada@example.org",
              "subject": "Reset your password",
              "content": "password_reset",
              "template_vars": {
                "username": "Ada",
                "reset_link": "https://app.example/reset-password?token=1b9d6bcd"
              },
              "userid": "a1b2c3d4e5f6789012345678901234ab"
            }""";

    static final String SEND_TEXT = """
            {
              "notification_type": "security_alert",
              "recipient_email": "ada@example.org",
              "subject": "A new device",
              "content": "Somebody signed in from a device that we have not seen before. Was it you?",
              "priority": "instant"
            }""";

    static final String SEND_LATER = """
            {
              "notification_type": "welcome",
              "recipient_email": "ada@example.org",
              "subject": "Your trial ends tomorrow",
              "content": "Your trial ends tomorrow. Would you like to stay?",
              "delay_seconds": 3600,
              "ttl_seconds": 86400
            }""";

    static final String P256DH =
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    static final String SEND_WITH_FALLBACK = """
            {
              "notification_type": "security_alert",
              "channels": ["email", "sms"],
              "fallback": {"after_seconds": 120, "unless": "delivered"},
              "recipient_email": "ada@example.org",
              "recipient_phone": "+12025550100",
              "subject": "A new device",
              "content": "Somebody signed in from a device that we have not seen before."
            }""";

    static final String SEND_BATCH = """
            {
              "notifications": [
                {
                  "notification_type": "welcome",
                  "recipient_email": "ada@example.org",
                  "subject": "Your order is on its way",
                  "content": "Your order 42 is on its way."
                },
                {
                  "notification_type": "welcome",
                  "recipient_email": "grace@example.org",
                  "subject": "Your order is on its way",
                  "content": "Your order 43 is on its way.",
                  "idempotency_key": "order-43-shipped"
                }
              ]
            }""";

    static final String RESCHEDULE = """
            {
              "delay_seconds": 7200
            }""";

    static final String RESOLVE = """
            {
              "resolution": "sent"
            }""";

    static final String REDRIVE = """
            {
              "type": "welcome",
              "from": "2026-01-01T00:00:00Z",
              "dry_run": true
            }""";

    static final String CREATE_PREFERENCES = """
            {
              "userid": "a1b2c3d4e5f6789012345678901234ab",
              "notification_email": "ada@example.org",
              "preferences": {"welcome": true, "marketing": false}
            }""";

    static final String CHANGE_PREFERENCES = """
            {
              "preferences": {"marketing": true}
            }""";

    static final String REDRIVE_PARKED = """
            {
              "reason": "not_stored",
              "from": "2026-01-31T12:00:00Z",
              "dry_run": true
            }""";

    static final String SUPPRESS = """
            {
              "channel": "sms",
              "address": "+4930123456",
              "reason": "opted_out"
            }""";

    static final String REGISTER_DEVICE = """
            {
              "channel": "push",
              "address": "fcm-registration-token:APA91bHun4MxP5egoKMwt2KZFBaFUH"
            }""";

    static final String REGISTER_BROWSER = """
            {
              "channel": "push",
              "subscription": {
                "endpoint": "https://push.example/send/dpH5lCsTSSM",
                "expirationTime": null,
                "keys": {
                  "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                  "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                }
              }
            }""";

    static final String REGISTER_PHONE = """
            {
              "channel": "sms",
              "address": "+4930123456"
            }""";

    static final String WEIGH_PROVIDER = """
            {
              "priority": 1,
              "weight": 50
            }""";

    static final String DRAIN_PROVIDER = """
            {
              "mode": "draining"
            }""";

    private Examples() {}
}
