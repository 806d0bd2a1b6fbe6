// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that may well succeed after a while; the answer says after which, in {@code Retry-After}. */
public class TryLater extends ApiException {

    private final Duration wait;

    public TryLater(int status, String message, @Nullable String providerMessage, Duration wait) {
        super(status, message, providerMessage);
        this.wait = wait;
    }

    public Duration pause() {
        return wait;
    }
}
