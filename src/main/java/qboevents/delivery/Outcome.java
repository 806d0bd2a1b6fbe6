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
}
