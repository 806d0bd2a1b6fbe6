// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import qboevents.event.Change;

/**
 * Where the next page begins: so many records after the first that was changed in that second. Not a mere number of records:
 * whoever deletes one of those before it would move one of those behind it out of everybody's sight.
 *
 * @param since null: the beginning
 */
record Position(@Nullable Instant since, int position) {

    /** Behind the last record of a page that began here. */
    Position after(List<Change> page) {
        var last = page.isEmpty() ? null : page.get(page.size() - 1).updatedAt();
        if (last == null || last.equals(since)) {
            return new Position(since, position + page.size());
        }
        int same = 0;
        while (same < page.size() && last.equals(page.get(page.size() - 1 - same).updatedAt())) {
            same++;
        }
        return new Position(last, same + 1);
    }

    String token() {
        var text = (since == null ? "" : since.toString()) + "," + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Position> read(String token) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(",");
            var since = parts[0].isEmpty() ? null : Instant.parse(parts[0]);
            int position = Integer.parseInt(parts[1]);
            return position < 1 ? Optional.empty() : Optional.of(new Position(since, position));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
