// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import qboevents.http.ApiError;
import qboevents.http.ApiErrors.Failure;
import qboevents.http.ApiException;
import qboevents.http.BodyRefused;

/** What Intuit is told: whatever else it is that failed, to come again. */
@Component
class WebhookErrors {

    private static final Logger log = LoggerFactory.getLogger(WebhookErrors.class);

    private final WebhookCounts counts;

    WebhookErrors(WebhookCounts counts) {
        this.counts = counts;
    }

    Failure of(Throwable cause, @Nullable String requestId) {
        var id = String.valueOf(requestId);
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ApiException known) {
                return failure(known.status(), id, known.getMessage());
            }
        }
        var reason = NestedExceptionUtils.getMostSpecificCause(cause).toString().lines().findFirst().orElse("");
        log.warn("Webhook {} could not be stored: {}", id, reason);
        log.debug("Webhook {}", id, cause);
        return failure(503, id, "The events cannot be stored at the moment; send them again");
    }

    private Failure failure(int status, String id, String message) {
        if (status == 503) {
            counts.notStored();
        } else {
            counts.refused();
        }
        return new Failure(status, new ApiError(id, message, null));
    }

    /** It never reached a route. */
    @EventListener
    void tooLarge(BodyRefused body) {
        if (InletPath.matches(body.path())) {
            counts.received();
            counts.refused();
        }
    }
}
