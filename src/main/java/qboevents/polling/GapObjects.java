// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.LatestStates;

/** The ids that a comparison has still to find in QuickBooks. Each statement looks at a thousand rows at most, by an index. */
@Component
class GapObjects {

    /** Rows of the log, or ids, that are looked at in one step. */
    static final int STEP = 1000;

    private static final int MOST_IDS = 200; // in one query: its address must not become too long

    private static final String OF = " where instance_id = :instance and resource = :resource";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final LatestStates states;

    GapObjects(JdbcClient jdbc, JdbcTemplate batches, LatestStates states) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.states = states;
    }

    /** The next ids in the log, each as often as the log has it. */
    List<String> inLog(GapComparison gap) {
        return after(gap, "event");
    }

    /** The next ids that the log has forgotten. */
    List<String> known(GapComparison gap) {
        return after(gap, "known_object");
    }

    private List<String> after(GapComparison gap, String table) {
        return of(gap, "select object_id from " + table + OF
                        + " and object_id > :reached order by instance_id, resource, object_id limit " + STEP)
                .param("reached", gap.reached())
                .query(String.class)
                .list();
    }

    /**
     * Takes up those that could have been deleted in the gap. What was changed after the gap lived then: if it was deleted
     * since, change data capture tells it.
     */
    void takeUp(GapComparison gap, Collection<String> ids) {
        var wanted = new TreeSet<>(ids);
        states.of(gap.instanceId(), gap.resource(), ids).forEach((id, state) -> {
            if (state.deleted() || state.changedAt().isAfter(gap.until())) {
                wanted.remove(id);
            }
        });
        batches.batchUpdate(
                "insert into gap_object (instance_id, resource, object_id, failures) values (?, ?, ?, 0) on conflict do nothing",
                wanted.stream().map(id -> new Object[] {gap.instanceId(), gap.resource(), id}).toList());
    }

    /** How many are left. */
    long count(GapComparison gap) {
        return of(gap, "select count(*) from gap_object" + OF).query(Long.class).single();
    }

    /** Some that are left, those first that were asked for in vain the fewest times: ever fewer, to find the one that is to blame. */
    List<String> next(GapComparison gap) {
        var failures = of(gap, "select failures from gap_object" + OF
                        + " order by instance_id, resource, failures, object_id limit 1")
                .query(Integer.class)
                .optional();
        return failures.isEmpty() ? List.of() : next(gap, failures.get());
    }

    private List<String> next(GapComparison gap, int failures) {
        return of(gap, "select object_id from gap_object" + OF
                        + " and failures = :failures order by instance_id, resource, failures, object_id limit :most")
                .param("failures", failures)
                .param("most", Math.max(1, MOST_IDS >> 2 * Math.min(failures, 4)))
                .query(String.class)
                .list();
    }

    /** Calls to ask for so many by their ids. */
    static long calls(long ids) {
        return (ids + MOST_IDS - 1) / MOST_IDS;
    }

    void crossOut(GapComparison gap, Collection<String> ids) {
        of(gap, "delete from gap_object" + OF + " and object_id = any(:ids)").param("ids", ids.toArray(String[]::new)).update();
    }

    /** A call that asked for these has failed. */
    void blame(GapComparison gap, Collection<String> ids) {
        of(gap, "update gap_object set failures = failures + 1" + OF + " and object_id = any(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    private JdbcClient.StatementSpec of(GapComparison gap, String sql) {
        return jdbc.sql(sql).param("instance", gap.instanceId()).param("resource", gap.resource());
    }
}
