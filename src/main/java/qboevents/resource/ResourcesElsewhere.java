// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;

/**
 * What the routes of other nodes offer. Intuit does not know which node has which route: a webhook may come to one that lacks it.
 * Nodes tell each other by the database, where they share it.
 */
@Component
public class ResourcesElsewhere {

    private static final Duration TOLD_AGAIN_AFTER = Duration.ofSeconds(20);

    /** What is taken in for too long is told once too often; what is not taken in is lost. */
    private static final Duration GONE_AFTER = Duration.ofMinutes(10);

    /** After a time in which nobody could tell anything, for as long as it takes the others to tell again. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private record Seen(Resource resource, Instant at) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Resources own;
    private final Database database;
    private final Clock clock;
    private volatile Collection<Resource> offered = List.of();
    private Instant lookedAt = Instant.MIN;
    private Instant patientUntil = Instant.MIN;

    ResourcesElsewhere(JdbcClient jdbc, JdbcTemplate batches, Resources own, Database database, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.own = own;
        this.database = database;
        this.clock = clock;
    }

    public Optional<Resource> named(String name) {
        return offered.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** @param entity in any case */
    public Optional<Resource> ofEntity(String entity) {
        return offered.stream().filter(each -> each.entity().equalsIgnoreCase(entity)).findFirst();
    }

    /** Before the first webhook comes. What this node offers is not known yet. */
    @PostConstruct
    void begin() {
        exchange();
    }

    /** Hears what others offer, and tells what this node does, unless another has told the same a moment ago. */
    @EventListener({ApplicationReadyEvent.class, ResourcesChanged.class})
    public synchronized void exchange() {
        if (database.ownedByThisProcess()) {
            return;
        }
        var now = clock.instant();
        if (lookedAt.isBefore(now.minus(TOLD_AGAIN_AFTER))) {
            patientUntil = now.plus(GONE_AFTER); // this is a start, or the database was away, and for the others too
        }
        var seen = seen(now.minus(now.isBefore(patientUntil) ? FORGOTTEN_AFTER : GONE_AFTER));
        lookedAt = now;
        offered = seen.values().stream().map(Seen::resource).toList();
        tell(own.all().stream().filter(each -> !lately(seen.get(each.name()), now)).toList(), now);
    }

    private static boolean lately(@Nullable Seen seen, Instant now) {
        return seen != null && seen.at().isAfter(now.minus(TOLD_AGAIN_AFTER));
    }

    private Map<String, Seen> seen(Instant since) {
        var seen = new HashMap<String, Seen>();
        jdbc.sql("select name, entity, hides_inactive, captured, seldom, seen_at from offered_resource where seen_at > :since")
                .param("since", utc(since))
                .query(row -> {
                    var resource = new Resource(row.getString("name"), row.getString("entity"), row.getBoolean("hides_inactive"),
                            row.getBoolean("captured"), row.getBoolean("seldom"));
                    seen.put(resource.name(), new Seen(resource, row.getObject("seen_at", OffsetDateTime.class).toInstant()));
                });
        return seen;
    }

    private void tell(List<Resource> resources, Instant now) {
        var rows = resources.stream().map(each -> new Object[] {
                each.entity(), each.hidesInactive(), each.captured(), each.seldom(), utc(now), each.name()}).toList();
        batches.batchUpdate(
                "update offered_resource set entity = ?, hides_inactive = ?, captured = ?, seldom = ?, seen_at = ? where name = ?", rows);
        batches.batchUpdate(
                """
                insert into offered_resource (entity, hides_inactive, captured, seldom, seen_at, name) values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                rows);
    }
}
