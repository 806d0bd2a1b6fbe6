// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The counts on disk. Several nodes add to the same rows. */
@Component
class CallRows {

    private static final Logger log = LoggerFactory.getLogger(CallRows.class);
    private static final Set<String> STRETCHED = Arrays.stream(Reason.values())
            .filter(Reason::stretched).map(Reason::word).collect(Collectors.toSet());

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;

    CallRows(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = transaction;
    }

    /** Throws when nothing was written. What may have been is not tried again: it would count twice. */
    void add(SortedMap<Counted, Tally> counts) {
        var committing = new AtomicBoolean();
        try {
            transaction.executeWithoutResult(status -> {
                addAll(List.copyOf(counts.entrySet()));
                committing.set(true);
            });
        } catch (RuntimeException e) {
            if (!committing.get()) {
                throw e;
            }
            log.warn("{} calls to QuickBooks may not have been counted: {}",
                    counts.values().stream().mapToLong(Tally::calls).sum(), e.getMessage());
        }
    }

    private void addAll(List<Map.Entry<Counted, Tally>> counts) {
        var missing = update(counts);
        if (!missing.isEmpty()) {
            batches.batchUpdate(
                    """
                    insert into quickbooks_call (called_on, realm_id, sandbox, kind, reason, calls, metered, wanted)
                    values (?, ?, ?, ?, ?, 0, 0, 0)
                    on conflict do nothing
                    """,
                    missing.stream().map(each -> key(each.getKey(), 0)).toList());
            update(missing);
        }
    }

    /** Gives those that have no row yet. */
    private List<Map.Entry<Counted, Tally>> update(List<Map.Entry<Counted, Tally>> counts) {
        var updated = batches.batchUpdate(
                """
                update quickbooks_call set calls = calls + ?, metered = metered + ?, wanted = wanted + ?
                where called_on = ? and realm_id = ? and sandbox = ? and kind = ? and reason = ?
                """,
                counts.stream().map(CallRows::added).toList());
        var missing = new ArrayList<Map.Entry<Counted, Tally>>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                missing.add(counts.get(i));
            }
        }
        return missing;
    }

    private static Object[] added(Map.Entry<Counted, Tally> count) {
        var row = key(count.getKey(), 3);
        row[0] = count.getValue().calls();
        row[1] = count.getValue().metered();
        row[2] = count.getValue().wanted();
        return row;
    }

    private static Object[] key(Counted counted, int behind) {
        var row = new Object[behind + 5];
        row[behind] = counted.day();
        row[behind + 1] = counted.company().realmId();
        row[behind + 2] = counted.company().sandbox();
        row[behind + 3] = counted.kind().word();
        row[behind + 4] = counted.reason().word();
        return row;
    }

    /** Adds what production companies have used since this day to what is known of them. */
    void read(LocalDate from, Map<String, CompanyUse> companies) {
        jdbc.sql("""
                select called_on, realm_id, reason, sum(metered), sum(wanted) from quickbooks_call
                where called_on >= :from and not sandbox
                group by called_on, realm_id, reason
                """)
                .param("from", from)
                .query(row -> {
                    long metered = row.getLong(4);
                    boolean poll = STRETCHED.contains(row.getString(3));
                    companies.computeIfAbsent(row.getString(2), realm -> new CompanyUse()).add(
                            row.getObject(1, LocalDate.class),
                            new DayUse(metered, poll ? 0 : metered, row.getDouble(5)));
                });
    }

    void deleteBefore(LocalDate day) {
        jdbc.sql("delete from quickbooks_call where called_on < :day").param("day", day).update();
        jdbc.sql("delete from quickbooks_budget_told where period < :day").param("day", day).update();
    }

    /** Whether nobody has told it yet: for one node alone. */
    boolean tells(LocalDate period, String scope, Stage stage, long ceiling) {
        return jdbc.sql("""
                insert into quickbooks_budget_told (period, scope, stage, ceiling)
                values (:period, :scope, :stage, :ceiling)
                on conflict do nothing
                """)
                .param("period", period).param("scope", scope).param("stage", stage.word()).param("ceiling", ceiling)
                .update() == 1;
    }
}
