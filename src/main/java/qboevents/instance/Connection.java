// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
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
public record Connection(
        String authentication,
        @Nullable String brokenSince,
        @Nullable String brokenBecause,
        @Nullable String expiresUnlessUsed,
        @Nullable String expires) {

    public boolean valid() {
        return brokenBecause == null;
    }
}
