// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a body that is known to be Intuit's. Whatever is wrong with it, nothing is thrown: Intuit would send it for ever. */
@Component
class WebhookBodies {

    private static final JsonFactory JSON = new JsonFactory();

    Batch read(byte @Nullable [] body) {
        if (body == null) {
            return setAside("is empty", new byte[0]);
        }
        try (var parser = JSON.createParser(body)) {
            return new BodyReader(body, parser).read();
        } catch (JsonProcessingException e) {
            var at = e.getLocation() == null ? "" : ", from byte " + e.getLocation().getByteOffset() + " on";
            return setAside("is not JSON that can be read" + at, body);
        } catch (IOException e) {
            return setAside("is not text in UTF-8", body);
        }
    }

    private static Batch setAside(String reason, byte[] body) {
        return new Batch(List.of(), List.of(new Unreadable(reason, body)));
    }
}
