// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.resource.Resources;

/**
 * What some instance has a cursor for and no route of this node offers: other nodes poll it, or nobody does. On purpose or since this
 * node's folder lags behind, that nobody can tell from here.
 */
final class NotOffered {

    private NotOffered() {}

    static List<String> read(JdbcClient jdbc, Resources resources) {
        var missing = new ArrayList<String>();
        // From one to the next by the index, however many cursors there are.
        for (var name = after(jdbc, ""); name.isPresent(); name = after(jdbc, name.get())) {
            name.filter(each -> resources.named(each).isEmpty()).ifPresent(missing::add);
        }
        return missing;
    }

    private static Optional<String> after(JdbcClient jdbc, String resource) {
        return jdbc.sql("select resource from poll_cursor where resource > :after order by resource, due_at limit 1")
                .param("after", resource).query(String.class).optional();
    }
}
