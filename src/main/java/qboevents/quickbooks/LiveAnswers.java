// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.http.ApiException;
import qboevents.http.Blot;
import qboevents.http.TryLater;

/** What came back from QuickBooks for a caller who waits for it: records, or what he is told instead. */
@Component
class LiveAnswers {

    private static final Duration MAINTENANCE = Duration.ofMinutes(1);
    private static final Set<String> NOT_NOW = Set.of("130", "140", "150");
    private static final Set<String> NOT_ALLOWED = Set.of("3100", "120", "5020");

    private final Answers answers;
    private final CallLimits limits;
    private final QuickBooksSettings settings;

    LiveAnswers(Answers answers, CallLimits limits, QuickBooksSettings settings) {
        this.answers = answers;
        this.limits = limits;
        this.settings = settings;
    }

    /** All of them, read to the end: nothing is answered of what breaks off. */
    List<Change> records(
            String entity,
            String realmId,
            int size,
            int status,
            @Nullable String retryAfter,
            Blot credentials,
            @Nullable InputStream body) {
        var records = new ArrayList<Change>();
        try (var page = answers.open(entity, size, status, body, refusals(realmId, status, retryAfter, credentials))) {
            while (page.isUnread()) {
                records.addAll(page.next());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return records;
    }

    private Answers.Refusals refusals(String realmId, int status, @Nullable String retryAfter, Blot credentials) {
        return new Answers.Refusals() {
            @Override
            public RuntimeException status(InputStream body) throws IOException {
                var said = answers.said(body, credentials);
                return refusal(realmId, status, said.fault(), said.text(), answers.wait(retryAfter).orElse(null));
            }

            @Override
            public RuntimeException fault(Fault fault) {
                return refusal(realmId, 200, fault, credentials.blotted(fault.text()), null);
            }
        };
    }

    private ApiException refusal(
            String realmId, int status, @Nullable Fault fault, String said, @Nullable Duration wait) {
        if (status == 429 || fault != null && fault.throttled()) {
            var pause = wait == null ? settings.throttlePause() : wait;
            limits.pause(realmId, pause);
            return new TryLater(429, "QuickBooks takes no more calls for this company for a while", said, pause);
        }
        var code = fault == null ? "" : fault.bare();
        if (status == 503 || NOT_NOW.contains(code)) {
            return new TryLater(503, "QuickBooks cannot be used at the moment", said, wait == null ? MAINTENANCE : wait);
        }
        return lasting(status, code, fault == null ? "system" : fault.type().toLowerCase(Locale.ROOT), said);
    }

    /** What waiting does not change. */
    private static ApiException lasting(int status, String code, String type, String said) {
        if (code.equals("610")) {
            return new ApiException(404, "QuickBooks has no such record", said);
        }
        if (status == 401 || code.equals("3200") || type.startsWith("authentication")) {
            return new ApiException(409, "QuickBooks does not take this connection, though its token is new; let the user"
                    + " authorize again and PATCH the instance with providerData.code", said);
        }
        if (status == 403 || NOT_ALLOWED.contains(code) || type.startsWith("authorization")) {
            return new ApiException(403, "QuickBooks does not let this connection read it: the user who connected the"
                    + " company may not, or the app's keys are for another environment", said);
        }
        return status >= 500 || type.startsWith("system")
                ? new ApiException(502, "QuickBooks failed; try again", said)
                : new ApiException(400, "QuickBooks refuses to answer this", said);
    }
}
