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

    private Examples() {}
}
