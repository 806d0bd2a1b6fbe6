// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * The events of all instances, the newest first. No index is in that order but the one of their ids, which grow: so a page
 * looks through {@link #WINDOW} of them and no further, and ends early where a condition finds few among them.
 */
@Component
class NewestEvents {

    private static final int WINDOW = 20_000;

    private final JdbcClient jdbc;
    private final Instances instances;
    private final EventView view;

    NewestEvents(JdbcClient jdbc, Instances instances, EventView view) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.view = view;
    }

    private record Entry(long id, Map<String, Object> view) {}

    Page page(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        int size = query.pageSize();
        long before = query.first("nextPageToken").map(NewestEvents::position).orElse(Long.MAX_VALUE);
        var floor = floor(before);
        var all = instances.readable(instances.ids());
        var entries = floor == null ? List.<Entry>of() : entries(query.first("where").orElse(""), floor, before, all, size + 1);
        var page = entries.subList(0, Math.min(size, entries.size()));
        var next = page.size() < entries.size() ? Long.valueOf(page.get(page.size() - 1).id()) : earlier(floor) ? floor : null;
        return new Page(page.stream().map(Entry::view).toList(), page.size(), next == null ? null : next.toString());
    }

    /** The oldest that is looked at; null: there is none. */
    private @Nullable Long floor(long before) {
        return jdbc.sql("select min(id) from (select id from event where id < :before order by id desc limit :window) newest")
                .param("before", before).param("window", WINDOW)
                .query((row, number) -> row.getObject(1, Long.class)).list().get(0);
    }

    private boolean earlier(@Nullable Long floor) {
        return floor != null && jdbc.sql("select 1 from event where id < :floor limit 1")
                .param("floor", floor).query(Integer.class).optional().isPresent();
    }

    private List<Entry> entries(String text, long floor, long before, Map<Long, Instance> all, int most) {
        // A status means something else where everything is held; parameters are the same in both.
        var sending = EventsWhere.read(text, true);
        var holding = EventsWhere.read(text, false);
        return jdbc.sql("select " + EventView.COLUMNS + " from event e left join delivery d on d.id = e.delivery_id"
                        + " where e.id >= :floor and e.id < :before"
                        + " and (e.instance_id = any(:sending)" + sending.sql()
                        + " or e.instance_id = any(:holding)" + holding.sql() + ") order by e.id desc limit :most")
                .param("floor", floor).param("before", before).param("most", most)
                .param("sending", ids(all, true)).param("holding", ids(all, false))
                .params(sending.parameters())
                .query((row, number) -> {
                    var instance = all.get(row.getLong("instance_id"));
                    var one = new LinkedHashMap<>(view.of(row, instance.delivers()));
                    one.put("instanceName", instance.name());
                    return new Entry(row.getLong("id"), one);
                })
                .list();
    }

    private static Long[] ids(Map<Long, Instance> all, boolean delivering) {
        var ids = new ArrayList<Long>();
        all.forEach((id, instance) -> {
            if (instance.delivers() == delivering) {
                ids.add(id);
            }
        });
        return ids.toArray(Long[]::new);
    }

    private static long position(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
    }
}
