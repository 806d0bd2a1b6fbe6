// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.http.ApiException;

/** Records as they are answered: in the bytes that QuickBooks sent. */
@Component
class Records {

    /**
     * @param total known only where one page holds all: to ask QuickBooks for it would be one more metered call
     * @param next where the next page begins; null: this is the last one
     */
    record Listed(List<RawValue> items, @Nullable Integer total, @Nullable String next) {}

    Listed page(Read read, List<Change> records) {
        var items = records.stream().map(record -> raw(read, record)).toList();
        if (records.size() < read.size()) {
            return new Listed(items, read.first() ? items.size() : null, null);
        }
        return new Listed(items, null, began(read).after(records).token());
    }

    private static Position began(Read read) {
        var since = read.first() ? null : read.updated().stream()
                .filter(each -> each.getKey().equals(">=")).map(each -> each.getValue()).findFirst().orElse(null);
        return new Position(since, read.position());
    }

    RawValue one(Read read, List<Change> records) {
        return records.stream().findFirst().map(record -> raw(read, record)).orElseThrow(() -> new ApiException(404,
                "QuickBooks has no " + read.entity() + " of this id, or none any more"));
    }

    private static RawValue raw(Read read, Change record) {
        var bytes = read.withoutNulls() ? Nulls.removed(record.record()) : record.record();
        return new RawValue(new String(bytes, StandardCharsets.UTF_8));
    }
}
