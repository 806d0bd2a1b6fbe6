// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of a list that is ordered by time ends, as {@code nextPageToken} says it. */
public record Position(Instant time, long id) {

    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((time + "/" + id).getBytes(StandardCharsets.UTF_8));
    }

    public static Position read(String token) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", 2);
            if (!parts[0].matches("\\d{4}-.*")) {
                throw new DateTimeException("No row has such a time");
            }
            return new Position(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
    }
}
