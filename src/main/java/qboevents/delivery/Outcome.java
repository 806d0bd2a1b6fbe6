// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;

/** What came of one try. */
sealed interface Outcome {

    Delivery delivery();

    Attempt attempt();

    record Delivered(Delivery delivery, Attempt attempt) implements Outcome {}

    record RetryAt(Delivery delivery, Attempt attempt, Instant time) implements Outcome {}

    /** The last try failed: it and all that follows is kept until somebody releases it. */
    record Dead(Delivery delivery, Attempt attempt) implements Outcome {}

    /** There was no time left to send it: whoever has the lane now does. */
    record Unsent(Delivery delivery, Attempt attempt) implements Outcome {}

    /** The last try of a repetition failed: it was delivered before, so nothing waits for it and nothing is held. */
    record Ended(Delivery delivery, Attempt attempt) implements Outcome {}
}
