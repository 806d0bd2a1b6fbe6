// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;

/** What came of one try. */
sealed interface Outcome {

    Delivery delivery();

    record Delivered(Delivery delivery) implements Outcome {}

    record RetryAt(Delivery delivery, Instant time, String error) implements Outcome {}

    /** The last try failed: kept until somebody sends it again. */
    record Dead(Delivery delivery, String error) implements Outcome {}
}
