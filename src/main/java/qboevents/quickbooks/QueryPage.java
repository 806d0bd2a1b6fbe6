// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import qboevents.event.Change;
import qboevents.event.ReadFailure;

/**
 * The answer to a query, read once from front to back while it arrives: a batch of records at a time, then what stands
 * behind them.
 */
public final class QueryPage implements AutoCloseable {

    private static final int BATCH_RECORDS = 1000;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;

    private final String entity;
    private final int size;
    private final RecordedStream stream;
    private final JsonParser json;
    private final RecordReader records;
    private final Function<Fault, ? extends RuntimeException> refusal;
    private boolean inQueryResponse;
    private boolean inRecords;
    private boolean sawQueryResponse;
    private boolean ended;
    private int rows;
    private int kept;
    private @Nullable Instant lastUpdated;
    private @Nullable Instant time;
    private @Nullable Long total;

    QueryPage(
            String entity,
            int size,
            RecordedStream stream,
            JsonParser json,
            Function<Fault, ? extends RuntimeException> refusal) {
        this.entity = entity;
        this.size = size;
        this.stream = stream;
        this.json = json;
        this.records = new RecordReader(stream, json);
        this.refusal = refusal;
    }

    /** The next records; empty when the answer has been read to its end. */
    List<Change> next() {
        var batch = new ArrayList<Change>();
        int bytes = 0;
        try {
            while (!ended && batch.size() < BATCH_RECORDS && bytes < BATCH_BYTES) {
                var change = step();
                if (change != null) {
                    batch.add(change);
                    bytes += change.record().length;
                    rows++;
                    lastUpdated = change.updatedAt() == null ? lastUpdated : change.updatedAt();
                }
            }
        } catch (IOException e) {
            throw Answers.unreadable(e, rows + " records had been read from it", stream);
        }
        return batch;
    }

    private @Nullable Change step() throws IOException {
        var token = json.nextToken();
        if (token == null) {
            return end();
        }
        if (inRecords) {
            if (token == JsonToken.END_ARRAY) {
                inRecords = false;
                return null;
            }
            return records.read(token, entity);
        }
        switch (token) {
            case FIELD_NAME -> member(json.currentName());
            case END_OBJECT -> inQueryResponse = false;
            case START_OBJECT -> { } // the answer itself
            default -> throw ReadFailure.of("QuickBooks answered JSON that is not the answer to a query");
        }
        return null;
    }

    private void member(String name) throws IOException {
        var value = json.nextToken();
        if ("Fault".equalsIgnoreCase(name)) {
            throw refusal.apply(Faults.read(json));
        } else if (!inQueryResponse && "QueryResponse".equals(name) && value == JsonToken.START_OBJECT) {
            inQueryResponse = true;
            sawQueryResponse = true;
        } else if (inQueryResponse && value == JsonToken.START_ARRAY && entity.equalsIgnoreCase(name)) {
            inRecords = true;
        } else if (inQueryResponse && "totalCount".equals(name) && value.isNumeric()) {
            total = json.getLongValue();
        } else if (!inQueryResponse && "time".equals(name)) {
            time = Times.read(json.getValueAsString());
        } else {
            json.skipChildren();
        }
    }

    private @Nullable Change end() throws IOException {
        ended = true;
        close();
        if (!sawQueryResponse) {
            throw ReadFailure.of("QuickBooks answered 200 without a QueryResponse and without a Fault");
        }
        return null;
    }

    /** Told by the log: so many of the records were new. */
    void counted(int fresh) {
        kept += fresh;
    }

    /** Reads to the end for the time alone. */
    public @Nullable Instant clock() {
        while (isUnread()) {
            next();
        }
        return time;
    }

    /** Reads to the end for the answer to a count; null: it told none. */
    public @Nullable Long total() {
        while (isUnread()) {
            next();
        }
        return total;
    }

    public boolean isUnread() {
        return !ended;
    }

    /** Records in the answer. */
    public int getRows() {
        return rows;
    }

    /** Records that the log did not have yet. */
    public int getKept() {
        return kept;
    }

    /** Records that an answer holds at most. */
    public int getSize() {
        return size;
    }

    /** Whether there may be more than what this answer holds. */
    public boolean isFull() {
        return rows >= size;
    }

    /** The update time of the last record that tells one: the answer is sorted by it. */
    public @Nullable Instant getLast() {
        return lastUpdated;
    }

    /** QuickBooks' clock when it answered. */
    public @Nullable Instant getTime() {
        return time;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
