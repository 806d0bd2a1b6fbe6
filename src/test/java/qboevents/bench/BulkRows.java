// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import qboevents.testing.TestDatabase;

/** Rows that would take hours to come about by themselves, made by the database while no service runs on it. */
record BulkRows(TestDatabase database, SingleConnectionDataSource source, JdbcTemplate jdbc) implements AutoCloseable {

    /** What the first instance of an empty database is called. */
    static final long FIRST_INSTANCE = 1000;

    /** Eight digits, as {@link Journal} counts. */
    static final long FIRST_OBJECT = 10_000_000;

    private static final int CHUNK = 20_000;
    private static final Duration OLDEST = Duration.ofDays(20); // retention leaves it alone

    private static final byte[] RECORD = SignedPosts.CLOUD_EVENT.replace("ENTITY", "invoice").replace("COMPANY", "310000")
            .getBytes(StandardCharsets.UTF_8);

    static BulkRows in(TestDatabase database, String url) {
        database.fresh(url); // is migrated
        var source = new SingleConnectionDataSource(url, database.user(), "", true);
        return new BulkRows(database, source, new JdbcTemplate(source));
    }

    @Override
    public void close() {
        source.destroy();
    }

    /** Delivered long ago, with one attempt each; its objects lie scattered among those that come. */
    void settled(long instanceId, int number) {
        events(instanceId, number, FIRST_OBJECT + " + mod(n * 9, 90000000)");
        chunks(number, (from, to) -> jdbc.update("""
                insert into attempt (delivery_id, started_at, duration_ms, status_code)
                select id, recorded_at, 5, 200 from event where id between ? and ?
                """, from, to));
        finish(number);
    }

    /** Of an instance whose subscription was deactivated by the first of them. */
    void held(long instanceId, int number) {
        events(instanceId, number, FIRST_OBJECT - 1 + " + n");
        chunks(number, (from, to) -> jdbc.update("""
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at)
                select id, id, instance_id, resource, 'due', 0, recorded_at, recorded_at from event where id between ? and ?
                """, from, to));
        jdbc.update("update delivery set status = 'queued', attempts = 12, last_error = 'answered 500' where id = 1");
        jdbc.update("update instance set held_at = ?, held_because = 'answered 500' where id = ?",
                OffsetDateTime.now(ZoneOffset.UTC), instanceId);
        finish(number);
    }

    /** With the ids from 1 on, each chunk of one moment. */
    private void events(long instanceId, int number, String object) {
        var first = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).minus(OLDEST);
        var series = database == TestDatabase.H2
                ? "select \"X\" as n from system_range(?, ?)"
                : "select n from generate_series(?, ?) as series(n)";
        chunks(number, (from, to) -> {
            var at = first.plusSeconds(OLDEST.toSeconds() * from / number);
            jdbc.update("""
                    insert into event (id, delivery_id, instance_id, resource, object_id, version, event_type, changed_at, recorded_at,
                                       record)
                    select n, n, %d, 'invoices', cast(%s as varchar), '2026-01-01T00:00:00Z', 'CREATED',
                           cast(? as timestamp with time zone), cast(? as timestamp with time zone), cast(? as bytea)
                    from (%s) numbers
                    """.formatted(instanceId, object, series), at, at, RECORD, from, to);
        });
    }

    private interface Chunk {
        void make(long from, long to);
    }

    private static void chunks(int number, Chunk chunk) {
        for (long from = 1; from <= number; from += CHUNK) {
            chunk.make(from, Math.min(number, from + CHUNK - 1));
        }
    }

    /** Ids go on behind them. */
    private void finish(int number) {
        jdbc.execute("alter sequence event_id restart with " + (number + 1));
        if (database == TestDatabase.POSTGRESQL) {
            jdbc.execute("vacuum analyze");
        }
    }
}
