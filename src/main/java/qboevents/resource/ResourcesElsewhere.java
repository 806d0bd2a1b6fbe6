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
    private static final Duration GONE_AFTER = Duration.ofMinutes(1);

    private record Seen(Resource resource, Instant at) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Resources own;
    private final Database database;
    private final Clock clock;
    private volatile Collection<Resource> offered = List.of();

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
    public void exchange() {
        if (database.ownedByThisProcess()) {
            return;
        }
        var now = clock.instant();
        var seen = seen(now);
        offered = seen.values().stream().map(Seen::resource).toList();
        tell(own.all().stream().filter(each -> !lately(seen.get(each.name()), now)).toList(), now);
    }

    private static boolean lately(@Nullable Seen seen, Instant now) {
        return seen != null && seen.at().isAfter(now.minus(TOLD_AGAIN_AFTER));
    }

    private Map<String, Seen> seen(Instant now) {
        var seen = new HashMap<String, Seen>();
        jdbc.sql("select name, entity, hides_inactive, captured, seldom, seen_at from offered_resource where seen_at > :since")
                .param("since", utc(now.minus(GONE_AFTER)))
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
