// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.BodyRefused;

/** Reads a body that is known to be Intuit's. Whatever it says, nothing is thrown: Intuit would send it for ever. */
@Component
class WebhookBodies {

    private static final JsonFactory JSON = new JsonFactory();

    private final Clock clock;

    WebhookBodies(Clock clock) {
        this.clock = clock;
    }

    /** @throws ApiException 413 when it is in gzip, and too large without it */
    Batch read(byte @Nullable [] body) {
        if (body == null) {
            return setAside("is empty", new byte[0]);
        }
        return zipped(body) ? readZipped(body) : readPlain(body);
    }

    /** No JSON begins like this, so no header has to tell. */
    private static boolean zipped(byte[] body) {
        return body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    }

    private Batch readZipped(byte[] body) {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var inflated = stream.readNBytes(BodyRefused.LIMIT + 1);
            if (inflated.length > BodyRefused.LIMIT) {
                throw new ApiException(413, "The body is larger than 8 MB when it is inflated; send less at once");
            }
            return readPlain(inflated);
        } catch (IOException e) {
            return setAside("is not the gzip that it begins as", body);
        }
    }

    private Batch readPlain(byte[] body) {
        try (var parser = JSON.createParser(body)) {
            return new BodyReader(body, parser, clock.instant()).read();
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
