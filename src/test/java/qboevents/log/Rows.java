// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.simulator.MovableClock;
import qboevents.testing.TestDatabase;

/** A log without a service around it, filled by the database itself. */
record Rows(TestDatabase database, HikariDataSource source, JdbcClient jdbc) implements AutoCloseable {

    static Rows in(TestDatabase database) {
        var url = database.freshUrl();
        database.fresh(url);
        var source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setUsername(database.user());
        return new Rows(database, source, JdbcClient.create(source));
    }

    @Override
    public void close() {
        source.close();
    }

    /** Events of an instance in runs of ten, each with its attempt, told by a webhook. */
    void insert(long instanceId, long firstId, int number, Instant recordedAt) {
        var series = database == TestDatabase.H2 ? "system_range(0, " : "generate_series(0, ";
        var n = database == TestDatabase.H2 ? "\"X\"" : "n";
        var jdbcTemplate = new JdbcTemplate(source);
        jdbcTemplate.update("""
                insert into event (id, delivery_id, instance_id, resource, object_id, version, event_type, changed_at, recorded_at, record)
                select %d + n, %d + n - mod(n, 10), %d, 'invoices', cast(%d + n as varchar), '0', 'CREATED', cast(? as timestamp with time zone),
                       cast(? as timestamp with time zone), cast(? as bytea)
                from (select %s as n from %s%d) %s) numbers
                """.formatted(firstId, firstId, instanceId, firstId, n, series, number - 1,
                        database == TestDatabase.H2 ? "" : "as series(n)"),
                recordedAt.atOffset(ZoneOffset.UTC), recordedAt.atOffset(ZoneOffset.UTC), new byte[600]);
        jdbcTemplate.update("""
                insert into attempt (delivery_id, started_at, duration_ms, status_code)
                select distinct delivery_id, recorded_at, 5, 200 from event where instance_id = ? and id >= ?
                """, instanceId, firstId);
    }

    /** What would be sent again, of every so manieth run. */
    void owe(long instanceId, int every) {
        jdbc.sql("""
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at)
                select delivery_id, max(id), instance_id, resource, 'queued', 0, max(recorded_at), max(recorded_at) from event
                where instance_id = :instance and mod(delivery_id, :every) = 0 group by delivery_id, instance_id, resource
                """).param("instance", instanceId).param("every", every * 10).update();
    }

    Retention retention(MovableClock clock) {
        return retention(clock, Duration.ofDays(30));
    }

    /** That of another node, when it is asked for twice. */
    Retention retention(MovableClock clock, Duration kept) {
        return new Retention(new RetentionRows(jdbc), new TransactionTemplate(new DataSourceTransactionManager(source)),
                new RetentionSettings(kept), clock);
    }

    int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
