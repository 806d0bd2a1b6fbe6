// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import qboevents.budget.Budget;
import qboevents.budget.CallKind;
import qboevents.budget.Reason;

/** Calls to QuickBooks: this node's by kind and reason, and the month's of all nodes, of which every node tells the same. */
@Component
class BudgetMeters implements MeterBinder {

    private final Budget budget;

    BudgetMeters(Budget budget) {
        this.budget = budget;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var kind : CallKind.values()) {
            for (var reason : Reason.values()) {
                FunctionCounter.builder("quickbooks.calls", budget, each -> each.calls(kind, reason))
                        .description("Calls to QuickBooks' data API by this node")
                        .tag("kind", kind.word()).tag("reason", reason.word()).register(registry);
                FunctionCounter.builder("quickbooks.calls.metered", budget, each -> each.metered(kind, reason))
                        .description("Those of them that Intuit counts")
                        .tag("kind", kind.word()).tag("reason", reason.word()).register(registry);
            }
        }
        Gauge.builder("quickbooks.budget.used", budget, Budget::used)
                .description("Metered calls of this month, all nodes together").register(registry);
        Gauge.builder("quickbooks.budget.forecast", budget, Budget::forecast)
                .description("Metered calls by the end of this month, at the pace of the last days").register(registry);
        Gauge.builder("quickbooks.budget.ceiling", budget, Budget::ceiling)
                .description("Metered calls that a month may have; 0: no ceiling").register(registry);
    }
}
