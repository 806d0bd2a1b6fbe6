// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** What is left of a deleted record. */
record Stub(String id, Instant updated) implements Shown {

    @Override
    public void write(ByteArrayOutputStream out) {
        var text = "{\"domain\":\"QBO\",\"status\":\"Deleted\",\"Id\":\"" + id + "\",\"MetaData\":{\"LastUpdatedTime\":\""
                + PacificTime.seconds(updated) + "\"}}";
        out.writeBytes(text.getBytes(UTF_8));
    }
}
