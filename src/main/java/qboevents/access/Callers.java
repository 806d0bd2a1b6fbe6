// SPDX-License-Identifier: Apache-2.0
package qboevents.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.encryption.Hash;
import qboevents.http.ApiException;

/**
 * Who may call. {@code User} and {@code Organization} together may do everything; {@code User} and {@code Element} may
 * do what concerns that one instance. Whatever is given has to be right, also where it would not be needed.
 */
@Component
public class Callers {

    private static final Pattern PAIR = Pattern.compile("\\b(User|Organization|Element)\\s+([^\\s,]+)", Pattern.CASE_INSENSITIVE);

    private final JdbcClient database;
    private final PlatformSecrets secrets;

    Callers(JdbcClient database, PlatformSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** For calls that speak of no instance, or of all. */
    public void platform(@Nullable String authorization) {
        var given = given(authorization);
        if (!given.containsKey("organization")) {
            throw unauthorized("This call takes: Authorization: User <user-secret>, Organization <organization-secret>");
        }
        element(given);
    }

    /** For calls that name the instance in their path. */
    public long instance(@Nullable String authorization, @Nullable String id) {
        var given = given(authorization);
        var element = element(given);
        if (element.isEmpty() && !given.containsKey("organization")) {
            throw unauthorized("This call takes: Authorization: User <user-secret>, Organization <organization-secret>");
        }
        var wanted = number(id);
        if (element.isPresent()) {
            if (element.get().id() != wanted) {
                throw new ApiException(403, "The token is another instance's");
            }
            if (!given.containsKey("organization")) {
                element.get().requireEnabled();
            }
        }
        exists(wanted);
        return wanted;
    }

    /** For calls where the token says which instance is meant. */
    public long element(@Nullable String authorization) {
        var element = known(authorization);
        element.requireEnabled();
        return element.id();
    }

    private Element known(@Nullable String authorization) {
        return element(given(authorization)).orElseThrow(() -> unauthorized(
                "This call takes: Authorization: User <user-secret>, Element <instance token>"));
    }

    /** For calls that list all instances, or tell of the one whose token stands in for the organization's secret. */
    public @Nullable Long listing(@Nullable String authorization) {
        if (given(authorization).containsKey("element") && !given(authorization).containsKey("organization")) {
            return element(authorization);
        }
        platform(authorization);
        return null;
    }

    /** For calls that enable or disable the token's own instance. */
    long switching(@Nullable String authorization) {
        return known(authorization).id();
    }

    private Map<String, String> given(@Nullable String authorization) {
        var given = new HashMap<String, String>();
        var pairs = PAIR.matcher(authorization == null ? "" : authorization);
        while (pairs.find()) {
            if (given.put(pairs.group(1).toLowerCase(Locale.ROOT), pairs.group(2)) != null) {
                throw unauthorized("Authorization names " + pairs.group(1) + " twice");
            }
        }
        if (!given.containsKey("user")) {
            throw unauthorized("Authorization is missing: User <user-secret>, and Organization <organization-secret>"
                    + " or Element <instance token>");
        }
        var user = secrets.user(given.get("user"));
        var organization = !given.containsKey("organization") || secrets.organization(given.get("organization"));
        if (!user || !organization) {
            throw unauthorized("The user secret or the organization secret is wrong");
        }
        return given;
    }

    private Optional<Element> element(Map<String, String> given) {
        if (!given.containsKey("element")) {
            return Optional.empty();
        }
        return Optional.of(database.sql("""
                select id, enabled from instance where token_hash = :hash and deleted_at is null
                """)
                .param("hash", Hash.of(given.get("element")))
                .query((row, number) -> new Element(row.getLong("id"), row.getBoolean("enabled")))
                .optional()
                .orElseThrow(() -> unauthorized("The Element token is of no instance; it may have been deleted")));
    }

    private static long number(@Nullable String id) {
        try {
            return Long.parseLong(String.valueOf(id));
        } catch (NumberFormatException e) {
            throw new ApiException(404, "There is no such instance: an instance's id is a number");
        }
    }

    private void exists(long id) {
        database.sql("select 1 from instance where id = :id and deleted_at is null")
                .param("id", id).query(Integer.class).optional()
                .orElseThrow(() -> new ApiException(404, "There is no instance " + id));
    }

    private static ApiException unauthorized(String message) {
        return new ApiException(401, message);
    }

    private record Element(long id, boolean enabled) {

        void requireEnabled() {
            if (!enabled) {
                throw new ApiException(403, "The instance is disabled; enable it with PUT /instances/" + id + "/enabled");
            }
        }
    }
}
