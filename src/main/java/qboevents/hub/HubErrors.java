// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;
import qboevents.http.ApiError;
import qboevents.http.ApiErrors;
import qboevents.http.TryLater;
import qboevents.oauth.AuthorizationUnavailable;
import qboevents.oauth.ReconnectNeeded;
import qboevents.oauth.RefreshUnderWay;

/** What a caller is told when QuickBooks could not be read for him: whose fault it was, and what helps. */
@Component
class HubErrors {

    private static final Logger log = LoggerFactory.getLogger(HubErrors.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(10);

    private final ApiErrors others;

    HubErrors(ApiErrors others) {
        this.others = others;
    }

    /** @param retryAfter in seconds; null: nothing changes by waiting, or nobody knows how long */
    record Failure(int status, ApiError body, @Nullable Long retryAfter) {}

    Failure of(Throwable thrown, @Nullable String requestId) {
        for (Throwable each = thrown; each != null && !ApiErrors.databaseAway(each); each = each.getCause()) {
            var failure = known(each, String.valueOf(requestId));
            if (failure != null) {
                log.debug("Request {} read nothing from QuickBooks: {}", requestId, each.toString());
                return failure;
            }
        }
        var other = others.of(thrown, requestId);
        return new Failure(other.status(), other.body(), null);
    }

    private static @Nullable Failure known(Throwable cause, String id) {
        if (cause instanceof TryLater later) {
            return failure(later.status(), id, String.valueOf(later.getMessage()), later.providerMessage().orElse(null),
                    later.pause());
        }
        if (cause instanceof ReconnectNeeded) {
            return failure(409, id, String.valueOf(cause.getMessage()), null, null);
        }
        if (cause instanceof RefreshUnderWay) {
            return failure(503, id, "The connection is being renewed at the moment", null, SOON);
        }
        if (cause instanceof AuthorizationUnavailable) {
            return failure(503, id, String.valueOf(cause.getMessage()), null, REFRESH_PAUSE);
        }
        if (cause instanceof ReadFailure read) {
            return read.pause().isPresent()
                    ? failure(429, id, read.getMessage() + "; try again later", null, read.pause().get())
                    : failure(502, id, "QuickBooks could not be read; try again", read.getMessage(), null);
        }
        if (cause instanceof SocketTimeoutException) {
            return failure(504, id, "QuickBooks did not answer in time; try again", null, null);
        }
        return cause instanceof IOException
                ? failure(502, id, "QuickBooks cannot be reached; try again", null, null) : null;
    }

    private static Failure failure(
            int status, String id, String message, @Nullable String providerMessage, @Nullable Duration wait) {
        return new Failure(status, new ApiError(id, message, providerMessage),
                wait == null ? null : Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
