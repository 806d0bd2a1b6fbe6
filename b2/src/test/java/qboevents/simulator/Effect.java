// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What a fault makes of an answer. */
interface Effect {

    /**
     * @param real does what was asked for and gives the honest answer; not calling it leaves everything as it was
     * @param cleared opened when the fault is cleared
     */
    Answer spoil(Call call, Supplier<Response> real, Instant now, CountDownLatch cleared);
}
