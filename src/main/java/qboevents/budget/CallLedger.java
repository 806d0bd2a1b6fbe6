// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What this node has counted and not yet written down, and how the month stands with it. One lock for all of it: what is
 * done under it is short, and a call takes a thousand times longer.
 */
final class CallLedger {

    private Map<Counted, Tally> unwritten = new HashMap<>();
    private final Map<String, Long> since = new HashMap<>(); // metered this month and not in the standing, by realm
    private final Map<String, Long> underWay = new HashMap<>(); // by realm
    private long sinceOfAll;
    private long underWayOfAll;
    private final Map<CallKind, Map<Reason, Tally>> sinceStart = new EnumMap<>(CallKind.class);
    private Standing standing;

    CallLedger(Instant now) {
        this.standing = Standing.none(now);
    }

    /** Takes a place for one more call of a company when both ceilings have one. */
    synchronized boolean enter(String realmId, long mostOfAll, long mostOfCompany, Instant now) {
        turn(now);
        boolean room = usedOfAll() + underWayOfAll < mostOfAll
                && used(realmId) + underWay.getOrDefault(realmId, 0L) < mostOfCompany;
        if (room) {
            underWay.merge(realmId, 1L, Long::sum);
            underWayOfAll++;
        }
        return room;
    }

    synchronized void leave(String realmId) {
        underWay.computeIfPresent(realmId, (realm, calls) -> calls == 1 ? null : calls - 1);
        underWayOfAll--;
    }

    synchronized void count(Company company, CallKind kind, Reason reason, boolean good, Instant now) {
        turn(now);
        boolean metered = good && !company.sandbox();
        double wanted = metered && reason.stretched() ? standing.stretch(company.realmId()) : 0;
        var one = new Tally(1, metered ? 1 : 0, wanted);
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        unwritten.merge(new Counted(day, company, kind, reason), one, Tally::plus);
        sinceStart.computeIfAbsent(kind, each -> new EnumMap<>(Reason.class)).merge(reason, one, Tally::plus);
        if (metered) {
            since.merge(company.realmId(), 1L, Long::sum);
            sinceOfAll++;
        }
    }

    synchronized SortedMap<Counted, Tally> drain() {
        var drained = new TreeMap<>(unwritten);
        unwritten = new HashMap<>();
        return drained;
    }

    synchronized void giveBack(SortedMap<Counted, Tally> drained) {
        drained.forEach((counted, tally) -> unwritten.merge(counted, tally, Tally::plus));
    }

    /** The database was read after what was drained had been written. */
    synchronized void publish(Standing read) {
        standing = read;
        countSince();
    }

    private void turn(Instant now) {
        var month = Standing.month(now);
        if (month.isAfter(standing.month())) {
            standing = standing.begun(month);
            countSince();
        }
    }

    private void countSince() {
        since.clear();
        sinceOfAll = 0;
        unwritten.forEach((counted, tally) -> {
            if (tally.metered() > 0 && YearMonth.from(counted.day()).equals(standing.month())) {
                since.merge(counted.company().realmId(), tally.metered(), Long::sum);
                sinceOfAll += tally.metered();
            }
        });
    }

    synchronized Standing standing(Instant now) {
        turn(now);
        return standing;
    }

    synchronized long used(String realmId) {
        return standing.of(realmId).used() + since.getOrDefault(realmId, 0L);
    }

    synchronized long usedOfAll() {
        return standing.all().used() + sinceOfAll;
    }

    /** Of what this process has asked. */
    synchronized long total(CallKind kind, Reason reason, ToLongFunction<Tally> which) {
        return which.applyAsLong(sinceStart.getOrDefault(kind, Map.of()).getOrDefault(reason, Tally.NONE));
    }
}
