// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.database.WriteBehind;

/**
 * Tells the owner of a lane that another node has kept something for it: a notification of PostgreSQL's, heard on a connection
 * of its own. One that is lost costs seconds, until the owner looks by himself; on other databases there is none.
 */
@Component("laneBells")
class LaneBells {

    private static final Logger log = LoggerFactory.getLogger(LaneBells.class);
    private static final String CHANNEL = "quickbooks_events_lanes";
    private static final Duration LISTENS = Duration.ofMillis(250); // whoever stops the service waits for no longer
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final Duration DOUBT = Duration.ofSeconds(30); // in silence: is the connection still one?
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final int MOST = 300; // ids, which fit in the 8,000 bytes that a notification may have
    private static final int WAITING = 10_000;

    private final JdbcClient jdbc;
    private final Optional<DataSource> alone;
    private final Optional<WriteBehind<Long>> bells;
    private volatile @Nullable Connection connection;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private long checked;
    private long away;

    LaneBells(JdbcClient jdbc, DataSource pool, Database database) {
        this.jdbc = jdbc;
        this.alone = database.notifies()
                ? Optional.of(DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build())
                : Optional.empty();
        this.bells = alone.map(each ->
                new WriteBehind<>("lane-bells", MOST, WAITING, GATHER, Duration.ZERO, this::tell, lost -> {}));
        this.away = System.nanoTime();
    }

    /** Its owner is another node, and there is something new. */
    void ring(long instanceId) {
        bells.ifPresent(each -> each.add(instanceId));
    }

    private void tell(List<Long> ids) {
        jdbc.sql("select cast(pg_notify(:channel, :ids) as varchar)")
                .param("channel", CHANNEL)
                .param("ids", new LinkedHashSet<>(ids).stream().map(String::valueOf).collect(Collectors.joining(",")))
                .query(String.class)
                .optional();
    }

    /** The lanes that it was rung for, as soon as it is, or none after a while. */
    List<Long> hear() {
        if (alone.isEmpty() || System.nanoTime() - away < 0 || stopping.getCount() == 0) {
            rest();
            return List.of();
        }
        try {
            return heard(connection());
        } catch (SQLException e) {
            log.debug("Lanes are looked at every five seconds meanwhile", e);
            close();
            away = System.nanoTime() + AWAY.toNanos();
            return List.of();
        }
    }

    private void rest() {
        try {
            stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Or routes that stop would wait for the one that hears, a second at a time. */
    @EventListener
    void stop(ContextClosedEvent event) {
        stopping.countDown();
        var open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("Heard to its end", e);
            }
        }
    }

    private List<Long> heard(Connection open) throws SQLException {
        var notifications = open.unwrap(PGConnection.class).getNotifications((int) LISTENS.toMillis());
        if (notifications == null || notifications.length == 0) {
            if (System.nanoTime() - checked > DOUBT.toNanos()) {
                checked = System.nanoTime();
                if (!open.isValid(2)) {
                    throw new SQLException("The connection that hears of lanes is gone");
                }
            }
            return List.of();
        }
        checked = System.nanoTime();
        var ids = new LinkedHashSet<Long>();
        Arrays.stream(notifications).flatMap(each -> Arrays.stream(each.getParameter().split(","))).map(Long::valueOf).forEach(ids::add);
        return new ArrayList<>(ids);
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            open = alone.orElseThrow().getConnection();
            connection = open;
            try (var statement = open.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
            checked = System.nanoTime();
        }
        return open;
    }

    @PreDestroy
    void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("Not closed", e);
            }
        }
    }

    /** What was not told is found by its owner. */
    @PreDestroy
    void silence() {
        bells.ifPresent(WriteBehind::close);
    }
}
