package dev.tidings.adapters.sandbox;

import java.time.Duration;

/** What a recipient of the simulator does. */
sealed interface Behaviour {

    /** It arrives, and is reported after a while. */
    record Delivered() implements Behaviour {}

    /** It arrives after so long. */
    record Late(Duration delay) implements Behaviour {}

    /** It is taken, and reported not to have arrived. */
    record Bounced() implements Behaviour {}

    /** It is refused for good. */
    record Failed() implements Behaviour {}

    /** It is refused for now, so many times. */
    record Flaky(int times) implements Behaviour {}

    /** There is nobody any more, or they don't want it. */
    record Gone() implements Behaviour {}

    /** There is no answer. */
    record Hanging() implements Behaviour {}
}
