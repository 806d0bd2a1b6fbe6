// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import qboevents.event.Change;
import qboevents.event.ReadFailure;

/**
 * The answer to a change data capture call, read once from front to back while it arrives. Records stand under the name of
 * their entity; in which arrays and objects these stand differs from answer to answer, so only the names are trusted.
 */
public final class CapturePage implements AutoCloseable {

    private static final int BATCH_RECORDS = 1000;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;

    private final TreeMap<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int limit;
    private final RecordedStream stream;
    private final JsonParser json;
    private final RecordReader records;
    private final Function<Fault, ? extends RuntimeException> refusal;
    private final TreeSet<String> answered = new TreeSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final @Nullable String refused;
    private final boolean unknown;
    private @Nullable String entity; // whose list is being read
    private boolean alone; // it is one record without a list
    private int depth;
    private boolean sawQueryResponse;
    private boolean ended;
    private int rows;
    private @Nullable Instant time;

    /**
     * @param entities what was asked for
     * @param limit objects that an answer can hold
     * @param refusal of a Fault that is about the whole answer
     */
    CapturePage(
            List<String> entities,
            int limit,
            RecordedStream stream,
            JsonParser json,
            Function<Fault, ? extends RuntimeException> refusal) {
        entities.forEach(each -> asked.put(each, each));
        this.limit = limit;
        this.stream = stream;
        this.json = json;
        this.records = new RecordReader(stream, json);
        this.refusal = refusal;
        this.refused = null;
        this.unknown = false;
    }

    /** @param refused why QuickBooks does not answer this call, whenever it is asked */
    private CapturePage(String refused, boolean unknown, RecordedStream stream, JsonParser json) {
        this.stream = stream;
        this.json = json;
        this.records = new RecordReader(stream, json);
        this.refusal = fault -> ReadFailure.of(refused);
        this.refused = refused;
        this.unknown = unknown;
        this.limit = Integer.MAX_VALUE;
        this.ended = true;
    }

    /** @param unknown whether there is no such call at all, whatever it asks for */
    static CapturePage ofRefusal(String why, boolean unknown, RecordedStream stream, JsonParser json) {
        return new CapturePage(why, unknown, stream, json);
    }

    /** The next records by entity, as it was asked for; empty when the answer has been read to its end. */
    Map<String, List<Change>> next() {
        var batch = new LinkedHashMap<String, List<Change>>();
        int count = 0;
        int bytes = 0;
        try {
            while (!ended && count < BATCH_RECORDS && bytes < BATCH_BYTES) {
                var change = step();
                if (change != null) {
                    batch.computeIfAbsent(entity, key -> new ArrayList<>()).add(change);
                    entity = alone ? null : entity;
                    alone = false;
                    bytes += change.record().length;
                    count++;
                    rows++;
                }
            }
        } catch (IOException e) {
            throw Answers.unreadable(e, rows + " records had been read from it", stream).inRecords();
        }
        return batch;
    }

    private @Nullable Change step() throws IOException {
        var token = json.nextToken();
        if (token == null) {
            return end();
        }
        if (entity != null && token != JsonToken.END_ARRAY) {
            return records.read(token, entity);
        }
        switch (token) {
            case FIELD_NAME -> {
                return member(json.currentName());
            }
            case START_OBJECT, START_ARRAY -> depth++;
            case END_OBJECT -> depth--;
            case END_ARRAY -> {
                depth--;
                entity = null;
            }
            default -> {
                if (depth == 0) {
                    throw ReadFailure.of("QuickBooks answered JSON that is not the answer to a change data capture call").inRecords();
                }
            }
        }
        return null;
    }

    private @Nullable Change member(String name) throws IOException {
        boolean outermost = depth == 1;
        var value = json.nextToken();
        if ("Fault".equalsIgnoreCase(name)) {
            fault(outermost);
        } else if ("CDCResponse".equals(name) || "QueryResponse".equals(name)) {
            sawQueryResponse |= name.startsWith("Q");
            depth += value.isStructStart() ? 1 : 0;
        } else if (value == JsonToken.START_ARRAY && asked.containsKey(name)) {
            entity = asked.get(name);
            answered.add(entity);
            depth++;
        } else if (value == JsonToken.START_OBJECT && asked.containsKey(name)) {
            return single(name);
        } else if (outermost && "time".equals(name)) {
            time = Times.read(json.getValueAsString());
        } else {
            json.skipChildren();
        }
        return null;
    }

    /** One record that stands without a list around it. */
    private Change single(String name) throws IOException {
        entity = asked.get(name);
        answered.add(entity);
        alone = true;
        return records.read(JsonToken.START_OBJECT, entity);
    }

    private void fault(boolean outermost) throws IOException {
        var fault = Faults.read(json);
        if (outermost || fault.throttled()) {
            throw refusal.apply(fault);
        }
        faults.add(fault);
    }

    private @Nullable Change end() throws IOException {
        ended = true;
        close();
        if (!sawQueryResponse) {
            throw faults.isEmpty()
                    ? ReadFailure.of("QuickBooks answered 200 without a QueryResponse and without a Fault").inRecords()
                    : refusal.apply(faults.get(0));
        }
        return null;
    }

    public boolean isUnread() {
        return !ended;
    }

    /** Whether it holds as many objects as an answer can, deleted ones too: then some may be missing, of any entity. */
    public boolean isFull() {
        return rows >= limit;
    }

    /** The entities that have something in it. */
    public List<String> getAnswered() {
        return List.copyOf(answered);
    }

    /** What it says instead of records of one entity or another; seldom of which. */
    public List<String> getFaults() {
        return faults.stream().map(Fault::text).toList();
    }

    /** QuickBooks' clock when it answered. */
    public @Nullable Instant getTime() {
        return time;
    }

    /** Why QuickBooks does not answer this call, whenever it is asked; null when it does. */
    public @Nullable String getRefused() {
        return refused;
    }

    /** Whether there is no such call, so that other entities need not be tried. */
    public boolean isUnknown() {
        return unknown;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
