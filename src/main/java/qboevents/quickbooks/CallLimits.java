// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.budget.CallKind;
import qboevents.budget.CallOrigin;
import qboevents.budget.Permit;
import qboevents.budget.Permits;
import qboevents.event.ReadFailure;

/**
 * Keeps below Intuit's limits for every company: in no second and in no minute, wherever it begins, do more calls arrive
 * there than are allowed. A call counts from when it is sent until its answer is there plus that second or minute, since
 * nobody here knows when in between it arrived. This node's calls only. The month's budget is asked first.
 */
@Component
class CallLimits {

    /** Longer than this nobody waits in line for a call; the poll is put off instead and its worker freed. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final QuickBooksSettings settings;
    private final Permits permits;
    private final Clock clock;
    private final ConcurrentMap<String, CompanyCalls> companies = new ConcurrentHashMap<>();

    CallLimits(QuickBooksSettings settings, Permits permits, Clock clock) {
        this.settings = settings;
        this.permits = permits;
        this.clock = clock;
    }

    /** Returns when the company may be called. The call must be {@link #answered}, whatever comes of it. */
    Entered enter(CallOrigin origin, @Nullable String kind) {
        var company = companies.computeIfAbsent(
                origin.realmId(), key -> new CompanyCalls(settings.callsPerSecond(), settings.callsPerMinute()));
        var pause = Duration.between(clock.instant(), company.pausedUntil());
        if (!pause.isNegative() && !pause.isZero()) {
            throw ReadFailure.postponed("QuickBooks asked not to be called for this company for a while", pause);
        }
        var permit = permits.enter(origin, CallKind.of(kind));
        try {
            return new Entered(company.enter(LONGEST_WAIT), permit);
        } catch (InterruptedException e) {
            permit.unused();
            Thread.currentThread().interrupt();
            throw ReadFailure.postponed("The service is stopping", LONGEST_WAIT);
        } catch (RuntimeException e) {
            permit.unused();
            throw e;
        }
    }

    /** @param status null: no answer came */
    void answered(Entered entered, @Nullable Integer status) {
        entered.call().end();
        entered.permit().answered(status);
    }

    /** A call that went out. */
    record Entered(Call call, Permit permit) {}

    /** After a throttled answer nobody asks for this company until the wait is over. */
    void pause(String realmId, Duration wait) {
        var company = companies.get(realmId);
        if (company != null) {
            company.pauseUntil(clock.instant().plus(wait));
        }
    }

    /** A call under way. */
    interface Call {
        void end();
    }
}
