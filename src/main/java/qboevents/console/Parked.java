// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import qboevents.access.PlatformAccess;

/** What waits in a session, secrets among it, while its user is at Intuit. Sealed, and taken once. */
@Component
class Parked {

    private final PlatformAccess access;
    private final ObjectMapper json = new ObjectMapper();

    Parked(PlatformAccess access) {
        this.access = access;
    }

    void park(HttpSession session, String name, Map<String, Object> what) {
        try {
            session.setAttribute(name, access.seal(name, json.writeValueAsString(what)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Map<String, Object>> take(HttpSession session, String name) {
        var sealed = session.getAttribute(name);
        session.removeAttribute(name);
        return sealed instanceof String text ? access.open(name, text).map(this::read) : Optional.empty();
    }

    private Map<String, Object> read(String text) {
        try {
            return Calls.map(json.readValue(text, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
