package dev.tidings.adapters.mail;

/** What the relay has been told of a mail, and answers to. */
enum Step {
    SENDER("the sender"),
    RECIPIENT("the recipient"),
    CONTENT("the content"),
    END("the end of the content");

    private final String inWords;

    Step(String inWords) {
        this.inWords = inWords;
    }

    @Override
    public String toString() {
        return inWords;
    }
}
