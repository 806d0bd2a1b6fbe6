// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls may be made. Only those count that Intuit meters: answered 2xx, of production companies. Months are those
 * of UTC.
 *
 * @param callsPerMonth of all companies together; 0: no ceiling (Intuit App Partner Program, Builder tier: 500,000 for a
 *     workspace, and nothing any more until the 1st)
 * @param callsPerMonthAndCompany of each company; 0: no ceiling
 * @param reserve share of a ceiling, 0 to 0.9, that polls leave to what webhooks name and to whoever waits for a record
 * @param warnAt share of a ceiling, above 0 and at most 1, at which an operator is told, once a month
 */
@ConfigurationProperties("quickbooks.budget")
record BudgetSettings(
        @DefaultValue("500000") long callsPerMonth,
        @DefaultValue("0") long callsPerMonthAndCompany,
        @DefaultValue("0.1") double reserve,
        @DefaultValue("0.8") double warnAt) {

    BudgetSettings {
        notNegative("quickbooks.budget.calls-per-month", callsPerMonth);
        notNegative("quickbooks.budget.calls-per-month-and-company", callsPerMonthAndCompany);
        if (!(reserve >= 0 && reserve <= 0.9)) {
            throw new IllegalArgumentException("quickbooks.budget.reserve is " + reserve + "; it must be from 0 to 0.9");
        }
        if (!(warnAt > 0 && warnAt <= 1)) {
            throw new IllegalArgumentException("quickbooks.budget.warn-at is " + warnAt + "; it must be above 0 and at most 1");
        }
    }

    private static void notNegative(String setting, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be at least 0");
        }
    }

    Ceiling ofAll() {
        return new Ceiling(callsPerMonth, reserve, warnAt);
    }

    Ceiling ofEach() {
        return new Ceiling(callsPerMonthAndCompany, reserve, warnAt);
    }
}
