// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Query;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/** What the API tells of a month's calls; {@code month=2026-11} asks for another than the present one. */
@Component
class CallViews {

    private static final String WANTED = """
            from quickbooks_call
            where called_on between :first and :last and (:every or realm_id = :realm and sandbox = :sandbox)
            """;

    private final JdbcClient jdbc;
    private final CallCounts counts;
    private final BudgetSettings settings;
    private final Instances instances;
    private final Clock clock;

    CallViews(JdbcClient jdbc, CallCounts counts, BudgetSettings settings, Instances instances, Clock clock) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.settings = settings;
        this.instances = instances;
        this.clock = clock;
    }

    /** @param metered of the calls: answered 2xx, and not by the sandbox */
    record Count(long calls, long metered) {}

    record OfDay(String day, long calls, long metered) {}

    record OfCompany(
            String realmId, boolean sandbox, long calls, long metered, @Nullable Long forecast, @Nullable Double stretch,
            List<Long> instances) {

        private OfCompany connectedAs(Map<Company, List<Long>> all) {
            return new OfCompany(realmId, sandbox, calls, metered, forecast, stretch,
                    all.getOrDefault(new Company(realmId, sandbox), List.of()));
        }
    }

    /** Of all companies. */
    Map<String, Object> all(@Nullable String rawQuery) {
        counts.keep();
        var month = month(rawQuery);
        var standing = counts.ledger().standing(clock.instant());
        var view = view(month, null, standing.all(), settings.ofAll(), standing);
        view.put("companies", companies(month, standing));
        return view;
    }

    /** Of the company that an instance is connected to, whichever instance asked. */
    Map<String, Object> ofInstance(long instanceId, @Nullable String rawQuery) {
        counts.keep();
        var instance = instances.get(instanceId);
        var company = new Company(instance.realmId(), instance.sandbox());
        var standing = counts.ledger().standing(clock.instant());
        return view(month(rawQuery), company, use(company, standing), settings.ofEach(), standing);
    }

    private YearMonth month(@Nullable String rawQuery) {
        var now = Standing.month(clock.instant());
        try {
            return Query.of(rawQuery).first("month").map(YearMonth::parse).orElse(now);
        } catch (DateTimeException e) {
            throw new ApiException(400, "month must be one such as " + now);
        }
    }

    private Map<String, Object> view(
            YearMonth month, @Nullable Company company, Use use, Ceiling ceiling, Standing standing) {
        boolean present = month.equals(standing.month());
        var days = days(month, company);
        var view = new LinkedHashMap<String, Object>();
        view.put("month", month.toString());
        if (company != null) {
            view.put("realmId", company.realmId());
            view.put("sandbox", company.sandbox());
        }
        view.put("calls", days.stream().mapToLong(OfDay::calls).sum());
        view.put("used", days.stream().mapToLong(OfDay::metered).sum());
        view.put("forecast", present ? use.forecast() : null);
        view.put("ceiling", ceiling.exists() ? ceiling.calls() : null);
        view.put("reserve", ceiling.exists() ? ceiling.reserved() : null);
        view.put("state", present ? use.stage().word() : null);
        view.put("stretch", !present ? null : company == null ? use.stretch() : stretch(company, standing));
        view.put("kinds", counts("kind", month, company));
        view.put("reasons", counts("reason", month, company));
        view.put("days", days);
        return view;
    }

    private static Use use(Company company, Standing standing) {
        return company.sandbox() ? Use.NONE : standing.of(company.realmId());
    }

    private static double stretch(Company company, Standing standing) {
        return company.sandbox() ? 1 : standing.stretch(company.realmId());
    }

    private Map<String, Count> counts(String column, YearMonth month, @Nullable Company company) {
        var counts = new LinkedHashMap<String, Count>();
        wanted("select " + column + ", sum(calls), sum(metered) " + WANTED + " group by " + column + " order by " + column, month, company)
                .query(row -> {
                    counts.put(row.getString(1), new Count(row.getLong(2), row.getLong(3)));
                });
        return counts;
    }

    private List<OfDay> days(YearMonth month, @Nullable Company company) {
        return wanted("select called_on, sum(calls), sum(metered) " + WANTED + " group by called_on order by called_on", month, company)
                .query((row, number) -> new OfDay(
                        row.getObject(1, LocalDate.class).toString(), row.getLong(2), row.getLong(3)))
                .list();
    }

    private List<OfCompany> companies(YearMonth month, Standing standing) {
        boolean present = month.equals(standing.month());
        var companies = wanted(
                "select realm_id, sandbox, sum(calls), sum(metered) " + WANTED + " group by realm_id, sandbox order by 4 desc, 1, 2",
                month, null)
                .query((row, number) -> {
                    var company = new Company(row.getString(1), row.getBoolean(2));
                    return new OfCompany(company.realmId(), company.sandbox(), row.getLong(3), row.getLong(4),
                            present ? use(company, standing).forecast() : null, present ? stretch(company, standing) : null, List.of());
                })
                .list();
        var connected = instances.ofCompanies(companies.stream().map(OfCompany::realmId).distinct().toList()).stream()
                .collect(Collectors.groupingBy(each -> new Company(each.realmId(), each.sandbox()),
                        Collectors.mapping(Instance::id, Collectors.toList())));
        return companies.stream().map(each -> each.connectedAs(connected)).toList();
    }

    private JdbcClient.StatementSpec wanted(String sql, YearMonth month, @Nullable Company company) {
        return jdbc.sql(sql)
                .param("first", month.atDay(1))
                .param("last", month.atEndOfMonth())
                .param("every", company == null)
                .param("realm", company == null ? "" : company.realmId())
                .param("sandbox", company != null && company.sandbox());
    }
}
