// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** What change data capture shows of a record: all of it, or that it is no more. */
sealed interface Shown permits Row, Stub {

    String id();

    Instant updated();

    void write(ByteArrayOutputStream out);
}
