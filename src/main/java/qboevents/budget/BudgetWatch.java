// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

/** Tells an operator before Intuit switches the app off: each once a month and ceiling, whichever node sees it first. */
@Component
class BudgetWatch {

    private static final Logger log = LoggerFactory.getLogger(BudgetWatch.class);
    private static final String ALL = "";

    private final CallRows rows;
    private final OperatorEvents operator;
    private final BudgetSettings settings;
    private final Throttles throttles;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Set<Told> told = new HashSet<>();
    private LocalDate logged;
    private Stage stage = Stage.FINE;

    private record Told(LocalDate period, String scope, Stage stage) {}

    BudgetWatch(CallRows rows, OperatorEvents operator, BudgetSettings settings, Throttles throttles,
            TransactionTemplate transaction, Clock clock) {
        this.rows = rows;
        this.operator = operator;
        this.settings = settings;
        this.throttles = throttles;
        this.transaction = transaction;
        this.clock = clock;
        this.logged = today();
    }

    void look(Standing standing) {
        tell(standing.month(), ALL, standing.all(), settings.ofAll());
        standing.companies().forEach((realm, use) -> tell(standing.month(), realm, use, settings.ofEach()));
        throttles.news().ifPresent(news ->
                tell(new Told(today(), "throttled", Stage.USED_UP), 0, Kind.THROTTLED, news));
        log(standing);
    }

    private void tell(YearMonth month, String scope, Use use, Ceiling ceiling) {
        if (use.stage() != Stage.FINE) {
            var kind = use.stage() == Stage.LOW ? Kind.BUDGET_LOW : Kind.BUDGET_USED_UP;
            tell(new Told(month.atDay(1), scope, use.stage()), ceiling.calls(), kind, message(month, scope, use, ceiling));
        }
    }

    private void tell(Told news, long ceiling, Kind kind, String message) {
        if (told.contains(news)) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            if (rows.tells(news.period(), news.scope(), news.stage(), ceiling)) {
                operator.tell(kind, message);
            }
        });
        told.removeIf(each -> each.period().isBefore(news.period().withDayOfMonth(1)));
        told.add(news);
    }

    private static String message(YearMonth month, String scope, Use use, Ceiling ceiling) {
        var setting = scope.equals(ALL) ? "quickbooks.budget.calls-per-month" : "quickbooks.budget.calls-per-month-and-company";
        var whose = scope.equals(ALL) ? "QuickBooks" : "QuickBooks company " + scope;
        var what = switch (use.stage()) {
            case USED_UP -> "; nothing is read any more before " + month.plusMonths(1) + "-01 (UTC)";
            case RESERVE -> "; polls wait for " + month.plusMonths(1) + "-01 (UTC), the last " + ceiling.reserved()
                    + " are for webhooks and for reads through the API";
            default -> ", and by its end it will be about " + use.forecast()
                    + "; polls become less frequent so that it lasts";
        };
        return whose + " has answered " + use.used() + " metered calls in " + month + " of " + ceiling.calls() + " (" + setting + ")"
                + what + ". Poll fewer resources or less often, or raise the setting if your plan at Intuit allows more";
    }

    /** A line a day, and one when it becomes better or worse. */
    private void log(Standing standing) {
        var all = standing.all();
        if (all.stage() != stage || !logged.equals(today())) {
            log.info("QuickBooks has answered {} metered calls in {}{}, at this pace {} by its end; polls {} times their interval apart",
                    all.used(), standing.month(), settings.ofAll().exists() ? " of " + settings.callsPerMonth() : "",
                    all.forecast(), String.format(Locale.ROOT, "%.2f", all.stretch()));
            stage = all.stage();
            logged = today();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
