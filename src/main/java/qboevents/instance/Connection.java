// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is connected to its company, as the API answers it; what is not so is not there.
 *
 * @param brokenSince from then on nothing was read
 * @param brokenBecause why, and what to do
 * @param expiresUnlessUsed the end of the refresh token when nobody uses it before
 * @param expires the end, however often it is used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Connection(
        String authentication,
        @Nullable String brokenSince,
        @Nullable String brokenBecause,
        @Nullable String expiresUnlessUsed,
        @Nullable String expires) {

    static Connection of(long instanceId, TokenRow row) {
        return new Connection(
                row.signs() ? "oauth1" : "oauth2",
                text(row.brokenAt()),
                row.broken() == null ? null : row.broken() + ". " + ReconnectNeeded.remedy(instanceId, row.signs()),
                text(row.refreshExpiresAt()),
                text(row.hardExpiresAt()));
    }

    boolean valid() {
        return brokenBecause == null;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
