// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.access.PlatformSecrets;
import qboevents.database.AfterCommit;
import qboevents.encryption.Encryption;
import qboevents.encryption.Hash;
import qboevents.http.ApiException;
import qboevents.resource.ResourcesChanged;

/** The connected companies. Every change grows the revision, so a reader knows whether its copy is still true. */
@Component
public class Instances {

    private static final Logger log = LoggerFactory.getLogger(Instances.class);
    private static final String PLACE = "instance/secrets/";
    private static final String SELECT = """
            select id, revision, name, tags, realm_id, enabled, held_because, created_at, configuration, secrets from instance
            """;

    private final JdbcClient database;
    private final Encryption encryption;
    private final EventsReader events;
    private final Clock clock;
    private final Map<Long, Instance> seen = new ConcurrentHashMap<>();
    private final Set<Long> readBefore = ConcurrentHashMap.newKeySet();
    private final Map<Long, Long> unreadable = new ConcurrentHashMap<>(); // in which revision

    Instances(JdbcClient database, Encryption encryption, EventsReader events, Clock clock) {
        this.database = database;
        this.encryption = encryption;
        this.events = events;
        this.clock = clock;
    }

    /** @throws ApiException 404 when there is none, or none any more */
    public Instance get(long id) {
        return stored(id).instance();
    }

    /** Reads only what was not seen in this revision before. */
    public Instance get(long id, long revision) {
        var instance = seen.get(id);
        if (instance == null || instance.revision() < revision || readBefore.contains(id)) {
            readBefore.remove(id);
            instance = get(id);
            seen.put(id, instance);
        }
        return instance;
    }

    /** What an instance says of a resource is understood while a route offers that. */
    @EventListener(ResourcesChanged.class)
    void readAgain() {
        readBefore.addAll(seen.keySet());
    }

    /** As they are now, disabled ones too; those that are gone are left out. */
    public Map<Long, Instance> current(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var current = new HashMap<Long, Instance>();
        revisions("id", ids.toArray(Long[]::new)).forEach(each ->
                existing(each).ifPresent(instance -> current.put(instance.id(), instance)));
        ids.stream().filter(id -> !current.containsKey(id)).forEach(this::gone);
        return current;
    }

    /** The same without those that cannot be read: whoever serves many must not stand still for one whose secrets do not open. */
    public Map<Long, Instance> readable(Collection<Long> ids) {
        var readable = new HashMap<Long, Instance>();
        var there = ids.isEmpty() ? List.<Revision>of() : revisions("id", ids.toArray(Long[]::new));
        for (var each : there) {
            try {
                existing(each).ifPresent(instance -> readable.put(instance.id(), instance));
            } catch (DataAccessException e) {
                throw e; // everyone's trouble
            } catch (RuntimeException e) {
                tellOnce(each, e);
            }
        }
        var existing = there.stream().map(Revision::id).collect(Collectors.toSet());
        ids.stream().filter(id -> !existing.contains(id)).forEach(this::gone);
        return readable;
    }

    private void tellOnce(Revision each, RuntimeException e) {
        if (!Objects.equals(unreadable.put(each.id(), each.number()), each.number())) {
            log.error("instance {} is sent nothing, since it cannot be read: {}", each.id(), e.toString());
        }
    }

    /** Every instance of these companies as it is now, disabled ones too, in the order of their ids. */
    public List<Instance> ofCompanies(Collection<String> realmIds) {
        return revisions("realm_id", realmIds.toArray(String[]::new)).stream().flatMap(each -> existing(each).stream()).toList();
    }

    private record Revision(long id, long number) {}

    /** Read to its end before any of them is: an instance that is not known yet needs a connection, and nobody may wait for a second one. */
    private List<Revision> revisions(String column, Object[] values) {
        return database.sql("select id, revision from instance where " + column + " = any(?) and deleted_at is null order by id")
                .param(values)
                .query((row, number) -> new Revision(row.getLong(1), row.getLong(2)))
                .list();
    }

    /** Nothing when it was deleted in this very moment. */
    private Optional<Instance> existing(Revision revision) {
        try {
            return Optional.of(get(revision.id(), revision.number()));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /** As this node has last seen it. */
    public Instance newest(Instance instance) {
        var newest = seen.get(instance.id());
        return newest == null || newest.revision() < instance.revision() ? instance : newest;
    }

    public Stored stored(long id) {
        return stored(id, "");
    }

    /** Nobody else changes it until this transaction ends. */
    Stored locked(long id) {
        return stored(id, " for update");
    }

    private Stored stored(long id, String lock) {
        return database.sql(SELECT + "where id = :id and deleted_at is null" + lock)
                .param("id", id).query(this::row).optional()
                .orElseThrow(() -> new ApiException(404, "There is no instance " + id));
    }

    /** Of every instance that there is. */
    public List<Long> ids() {
        return database.sql("select id from instance where deleted_at is null order by id").query(Long.class).list();
    }

    /** In the order of their ids. */
    List<Instance> all() {
        return List.copyOf(new TreeMap<>(readable(ids())).values());
    }

    Created create(Draft draft) {
        var id = database.sql("select nextval('instance_id')").query(Long.class).single();
        var token = PlatformSecrets.base64();
        database.sql("""
                insert into instance (id, revision, name, tags, token_hash, realm_id, configuration, secrets, polls,
                                      enabled, created_at)
                values (:id, 1, :name, :tags, :hash, :realm, :configuration, :secrets, :polls, true, :now)
                """)
                .param("id", id)
                .param("hash", Hash.of(token))
                .param("realm", draft.realmId())
                .param("now", now())
                .params(columns(id, draft, SignatureKeys.NONE))
                .update();
        return new Created(get(id), token);
    }

    /** @throws ApiException 409 when it was changed since it was read */
    Instance change(Instance before, Draft draft) {
        var changed = database.sql("""
                update instance
                set revision = revision + 1, name = :name, tags = :tags, configuration = :configuration,
                    secrets = :secrets, polls = :polls
                where id = :id and revision = :revision and deleted_at is null
                """)
                .param("id", before.id())
                .param("revision", before.revision())
                .params(columns(before.id(), draft, signatureKeys(before, draft)))
                .update();
        if (changed == 0) {
            throw new ApiException(409, "The instance was changed by somebody else meanwhile; send the request again");
        }
        return changed(before.id());
    }

    Instance enable(long id, boolean enabled) {
        database.sql("""
                update instance set enabled = :enabled, revision = revision + 1 where id = :id and deleted_at is null
                """).param("id", id).param("enabled", enabled).update();
        return changed(id);
    }

    /**
     * Ends its subscription: what it is owed is kept.
     *
     * @return false when it had ended already, or the instance is gone
     */
    public boolean hold(long id, String because) {
        int changed = database.sql("""
                update instance set held_at = :now, held_because = :because, revision = revision + 1
                where id = :id and held_at is null and deleted_at is null
                """).param("id", id).param("now", now()).param("because", because).update();
        if (changed == 1) {
            changed(id);
        }
        return changed == 1;
    }

    /**
     * Its subscription is active again.
     *
     * @return false when it was
     */
    public boolean release(long id) {
        int changed = database.sql("""
                update instance set held_at = null, held_because = null, revision = revision + 1
                where id = :id and held_at is not null and deleted_at is null
                """).param("id", id).update();
        if (changed == 1) {
            changed(id);
        }
        return changed == 1;
    }

    private Instance changed(long id) {
        var instance = get(id);
        AfterCommit.run(() -> seen.put(id, instance));
        return instance;
    }

    private void gone(long id) {
        seen.computeIfPresent(id, (same, instance) -> instance.disabled());
    }

    /** The row stays, so that its token is known to be a deleted one's; its secrets do not. */
    void delete(long id) {
        database.sql("""
                update instance
                set deleted_at = :now, revision = revision + 1, enabled = false, polls = false, secrets = ''
                where id = :id and deleted_at is null
                """).param("id", id).param("now", now()).update();
        AfterCommit.run(() -> gone(id));
    }

    private SignatureKeys signatureKeys(Instance before, Draft draft) {
        var callback = before.events().callback();
        var keys = callback == null ? SignatureKeys.NONE : callback.signatureKeys(); // sent nowhere, known to nobody
        var key = new Given(draft.configuration()).exact(ConfigurationKeys.SIGNATURE_KEY);
        return keys.replacedBy(key.orElse(null), clock.instant());
    }

    private Map<String, Object> columns(long id, Draft draft, SignatureKeys keys) {
        var open = new LinkedHashMap<String, String>();
        var secret = new LinkedHashMap<String, String>();
        draft.configuration().forEach((key, value) -> {
            open.put(key, ConfigurationKeys.secret(key) ? ConfigurationKeys.MASK : value);
            if (ConfigurationKeys.secret(key)) {
                secret.put(key, value);
            }
        });
        if (!keys.former().isEmpty()) {
            secret.put(ConfigurationKeys.FORMER_SIGNATURE_KEYS, keys.formerAsText());
        }
        return Map.of(
                "name", draft.name(),
                "tags", Json.text(draft.tags()),
                "configuration", Json.text(open),
                "secrets", encryption.seal(PLACE + id, Json.text(secret)),
                "polls", events.read(new Given(draft.configuration())).polls());
    }

    private Stored row(ResultSet row, int number) throws SQLException {
        var id = row.getLong("id");
        var masked = Json.texts(row.getString("configuration"));
        var configuration = new LinkedHashMap<>(masked);
        configuration.putAll(Json.texts(encryption.open(PLACE + id, row.getString("secrets"))));
        var given = new Given(configuration);
        var instance = new Instance(
                id,
                row.getLong("revision"),
                row.getString("name"),
                Json.list(row.getString("tags")).orElse(List.of()),
                row.getString("realm_id"),
                row.getBoolean("enabled"),
                row.getString("held_because"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Drafts.sandbox(given),
                masked,
                events.read(given));
        configuration.remove(ConfigurationKeys.FORMER_SIGNATURE_KEYS);
        return new Stored(instance, configuration);
    }

    private OffsetDateTime now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
