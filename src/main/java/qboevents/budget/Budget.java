// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;

/**
 * The month's calls to QuickBooks' data API: counts each, and refuses those for which there are none left. All from memory;
 * what other nodes count is known here ten seconds later.
 */
@Component
public class Budget implements Permits {

    /** How soon it is asked again whether there are calls: the ceiling may have been raised, or the month be over. */
    private static final Duration PROBE = Duration.ofMinutes(30);

    private final CallCounts counts;
    private final CallLedger ledger;
    private final BudgetSettings settings;
    private final Throttles throttles;
    private final Clock clock;

    Budget(CallCounts counts, BudgetSettings settings, Throttles throttles, Clock clock) {
        this.counts = counts;
        this.ledger = counts.ledger();
        this.settings = settings;
        this.throttles = throttles;
        this.clock = clock;
    }

    /**
     * Before a call.
     *
     * @throws ReadFailure when the month's calls are used up, or QuickBooks has refused too many in a row
     */
    @Override
    public Permit enter(CallOrigin origin, CallKind kind) {
        var company = Company.of(origin);
        throttles.check(company);
        if (!company.sandbox() && !hasRoom(company.realmId(), origin.reason())) {
            throw ReadFailure.withheld(refusal(company.realmId(), origin.reason()), PROBE);
        }
        return new OneCall(company, kind, origin.reason());
    }

    private boolean hasRoom(String realmId, Reason reason) {
        return ledger.enter(realmId, settings.ofAll().least(reason), settings.ofEach().least(reason), clock.instant());
    }

    private String refusal(String realmId, Reason reason) {
        boolean all = ledger.used(realmId) < settings.ofEach().least(reason);
        var ceiling = all ? settings.ofAll() : settings.ofEach();
        long used = all ? ledger.usedOfAll() : ledger.used(realmId);
        var month = Standing.month(clock.instant());
        return "The calls to QuickBooks of " + month + " are used up: " + used + " of " + ceiling.calls()
                + (all ? "" : " for this company")
                + (reason.reserved() ? "" : ", the last " + ceiling.reserved() + " are not for polls")
                + "; there are new ones from " + month.plusMonths(1) + "-01 on";
    }

    /**
     * By how much the intervals of this company's polls are to be longer than they are set, so that the calls last until
     * the end of the month: 1 to 24. Asks nobody, and moves smoothly.
     */
    public double stretch(String realmId, boolean sandbox) {
        return sandbox ? 1 : ledger.standing(clock.instant()).stretch(realmId);
    }

    /** Metered calls of this month so far, all companies together, other nodes' too. */
    public long used() {
        return ledger.usedOfAll();
    }

    /** Metered calls by the end of this month, at the pace of the last days. */
    public long forecast() {
        return ledger.standing(clock.instant()).all().forecast();
    }

    /** Metered calls that a month may have; 0: as many as are wanted. */
    public long ceiling() {
        return settings.callsPerMonth();
    }

    /** Calls of this process since its start. */
    public long calls(CallKind kind, Reason reason) {
        return ledger.total(kind, reason, Tally::calls);
    }

    /** Those of them that Intuit metered. */
    public long metered(CallKind kind, Reason reason) {
        return ledger.total(kind, reason, Tally::metered);
    }

    /** Writes down what was counted; called by a route, every few seconds. */
    void keep() {
        counts.tick();
    }

    private final class OneCall implements Permit {

        private final Company company;
        private final CallKind kind;
        private final Reason reason;
        private boolean ended;

        OneCall(Company company, CallKind kind, Reason reason) {
            this.company = company;
            this.kind = kind;
            this.reason = reason;
        }

        @Override
        public void answered(@Nullable Integer status) {
            end(() -> {
                ledger.count(company, kind, reason, status != null && status / 100 == 2, clock.instant());
                if (status != null) {
                    throttles.answered(company, status);
                }
            });
        }

        @Override
        public void unused() {
            end(() -> {});
        }

        private synchronized void end(Runnable counting) {
            if (!ended) {
                ended = true;
                counting.run();
                if (!company.sandbox()) {
                    ledger.leave(company.realmId());
                }
            }
        }
    }
}
