// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.Instances;
import qboevents.instance.Node;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/**
 * Who reads what now. A claim is a lease on a row, so it holds across nodes; what this node holds is renewed until it is
 * let go, and given up by whoever died with it.
 */
@Component
class PollClaims {

    private static final Logger log = LoggerFactory.getLogger(PollClaims.class);

    private final JdbcClient jdbc;
    private final Leases leases;
    private final Instances instances;
    private final Resources resources;
    private final PollingSettings settings;
    private final Node node;
    private final Clock clock;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    PollClaims(
            JdbcClient jdbc,
            Leases leases,
            Instances instances,
            Resources resources,
            PollingSettings settings,
            Node node,
            Clock clock) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.instances = instances;
        this.resources = resources;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    /** How many more polls this node can take on. What a company's poll holds together keeps one worker busy. */
    int free() {
        long together = held.stream().filter(Held::together).map(Held::instanceId).distinct().count();
        long alone = held.stream().filter(each -> !each.together()).count();
        return (int) Math.max(0, settings.workers() - together - alone);
    }

    /** Parameters of {@code sql/claim-cursors.sql} and {@code sql/claimed-cursors.sql}. */
    Map<String, Object> wanted(String resource) {
        var now = clock.instant();
        var parameters = new HashMap<String, Object>();
        parameters.put("resource", resource);
        parameters.put("claim", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        parameters.put("node", node.name());
        parameters.put("now", utc(now));
        parameters.put("until", utc(now.plus(settings.lease())));
        parameters.put("most", settings.workersPerInstance());
        parameters.put("free", free());
        parameters.put("captured", resources.named(resource).map(Resource::captured).orElse(false));
        return parameters;
    }

    /** The rows of {@code sql/claimed-cursors.sql} as polls, held by this node from now on. */
    List<PollClaim> taken(List<Map<String, Object>> rows, String entity, boolean inactive) {
        var claims = new ArrayList<PollClaim>();
        for (var row : rows) {
            try {
                claims.add(claim(row, entity, inactive));
            } catch (ApiException deletedMeanwhile) {
                log.debug("Nothing to poll any more: {}", deletedMeanwhile.getMessage());
            } catch (RuntimeException e) {
                unreadable(row, e);
            }
        }
        claims.forEach(this::hold); // last: what fails above must leave nothing that is renewed for ever
        return claims;
    }

    /** Whatever is wrong with one instance, the others are polled. */
    static void unreadable(Map<String, Object> row, RuntimeException e) {
        log.warn("instance {} {} is not polled before its lease has run out: {}", row.get("instance_id"), row.get("resource"), e.toString());
    }

    void hold(PollClaim claim) {
        held.add(Held.of(claim, false));
    }

    void holdTogether(PollClaim claim) {
        held.add(Held.of(claim, true));
    }

    PollClaim claim(Map<String, Object> row, String entity, boolean inactive) {
        var instance = instances.get((Long) row.get("instance_id"), (Long) row.get("revision"));
        var startAt = time(row.get("start_at"));
        var readUntil = time(row.get("read_until"));
        return new PollClaim(
                instance,
                (String) row.get("resource"),
                entity,
                inactive,
                (Long) row.get("claim"),
                certain(row.get("created_at")),
                startAt,
                readUntil,
                certain(row.get("due_at")),
                (Integer) row.get("failures"),
                clock.instant(),
                time(row.get("captured_until")),
                time(row.get("query_until")),
                time(row.get("changed_at")),
                QuickBooksClock.ofMillis((Long) row.get("clock_ahead")),
                Window.from(since(startAt, readUntil)),
                0);
    }

    private static @Nullable Instant since(@Nullable Instant startAt, @Nullable Instant readUntil) {
        var since = startAt == null || readUntil != null && readUntil.isAfter(startAt) ? readUntil : startAt;
        return since == null || since.equals(Instant.EPOCH) ? null : since;
    }

    private static Instant certain(Object value) {
        var time = time(value);
        if (time == null) {
            throw new IllegalStateException("A time that the schema requires is missing");
        }
        return time;
    }

    /** The drivers differ in how they tell a time where nobody asks for a type. */
    static @Nullable Instant time(@Nullable Object value) {
        if (value instanceof OffsetDateTime at) {
            return at.toInstant();
        }
        return value instanceof Timestamp at ? at.toInstant() : null;
    }

    void letGo(PollClaim claim) {
        held.remove(Held.of(claim, false));
        held.remove(Held.of(claim, true));
    }

    /** Keeps what this node holds from being taken over. */
    void renew() {
        leases.renew("poll_cursor", held.stream().mapToLong(Held::number));
    }

    /** What a process of the same name held when it died is free at once; all of it where no other process can be. */
    @PostConstruct
    void freeOwn() {
        leases.freeOwn("poll_cursor");
    }

    private record Held(long instanceId, String resource, long number, boolean together) {
        static Held of(PollClaim claim, boolean together) {
            return new Held(claim.instance().id(), claim.resource(), claim.number(), together);
        }
    }
}
