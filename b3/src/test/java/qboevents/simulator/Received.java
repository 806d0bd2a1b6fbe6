// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One request to a callback.
 *
 * @param headers by name in lower case
 * @param forgery what is wrong with its signatures, when a key was given and something is
 */
public record Received(
        Instant at, String method, String path, Map<String, String> headers, byte[] body, Optional<String> forgery) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /** Parsed anew with every call. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The events in it, in their order; a CloudEvent is one. */
    public List<ReceivedEvent> events() {
        var json = json();
        if (json.has("specversion")) {
            return List.of(ReceivedEvent.cloudEvent(json));
        }
        var message = json.path("message");
        return StreamSupport.stream(message.path("events").spliterator(), false)
                .map(event -> ReceivedEvent.notified(message, event))
                .toList();
    }
}
