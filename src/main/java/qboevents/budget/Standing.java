// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * How the month stood when the database was read last.
 *
 * @param companies production ones by their realm
 */
record Standing(YearMonth month, Use all, Map<String, Use> companies) {

    static Standing of(Map<String, CompanyUse> read, BudgetSettings settings, Instant now) {
        var month = month(now);
        var rest = Duration.between(now, month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        var companies = new HashMap<String, Use>();
        var pace = Pace.NONE;
        long used = 0;
        for (var each : read.entrySet()) {
            var own = each.getValue().pace(now);
            var use = Use.of(each.getValue().used(month), own, rest, settings.ofEach());
            companies.put(each.getKey(), use);
            pace = pace.plus(own);
            used += use.used();
        }
        return new Standing(month, Use.of(used, pace, rest, settings.ofAll()), Map.copyOf(companies));
    }

    static Standing none(Instant now) {
        return new Standing(month(now), Use.NONE, Map.of());
    }

    static YearMonth month(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC));
    }

    Use of(String realmId) {
        return companies.getOrDefault(realmId, Use.NONE);
    }

    double stretch(String realmId) {
        return Math.max(all.stretch(), of(realmId).stretch());
    }

    Standing begun(YearMonth next) {
        var begun = new HashMap<String, Use>();
        companies.forEach((realm, use) -> begun.put(realm, use.begun()));
        return new Standing(next, all.begun(), Map.copyOf(begun));
    }
}
