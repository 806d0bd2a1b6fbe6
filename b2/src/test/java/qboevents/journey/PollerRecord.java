// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** One of {@code GET /instances/{id}/event-poller-records}, as a client reads it. */
record PollerRecord(
        String resource,
        Optional<Instant> cursor,
        Optional<Instant> lastPoll,
        Optional<Instant> nextPoll,
        String lastError,
        int failures,
        long calls,
        boolean paused) {

    static PollerRecord of(JsonNode json) {
        return new PollerRecord(
                json.get("resource").asText(),
                time(json.get("cursor")),
                time(json.get("lastPoll")),
                time(json.get("nextPoll")),
                json.get("lastError").asText(""),
                json.get("failuresInARow").asInt(),
                json.get("calls").asLong(),
                json.get("paused").asBoolean());
    }

    /** A poll that was asked for then: only its end moves the next one. */
    boolean hasEnded(Instant due) {
        return paused || nextPoll.filter(due::isBefore).isPresent();
    }

    private static Optional<Instant> time(JsonNode value) {
        return value.isNull() ? Optional.empty() : Optional.of(Instant.parse(value.asText()));
    }
}
