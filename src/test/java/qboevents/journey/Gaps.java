// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Change;
import qboevents.testing.BusyBooks;

/** Times of which change data capture could not tell all, as a company's poller records have said. */
final class Gaps {

    private record Gap(Instant from, Instant until) {}

    private record State(@Nullable Instant captured, @Nullable Instant gapUntil) {}

    private final Company company;
    private final Map<String, State> before = new HashMap<>();
    private final Map<String, List<Gap>> gaps = new HashMap<>();
    private final Map<String, List<Gap>> compared = new HashMap<>();

    Gaps(Company company) {
        this.company = company;
    }

    /** Has to be called often: what is noted in one record grows together. */
    void look() {
        company.scene().service().bean(JdbcClient.class)
                .sql("select resource, captured_until, gap_until, gap_compared_at from poll_cursor where instance_id = :instance")
                .param("instance", company.id())
                .query(row -> {
                    var resource = row.getString("resource");
                    var now = new State(
                            instant(row.getObject("captured_until", OffsetDateTime.class)),
                            instant(row.getObject("gap_until", OffsetDateTime.class)));
                    var known = before.put(resource, now);
                    if (now.gapUntil() != null && (known == null || !now.gapUntil().equals(known.gapUntil()))) {
                        var from = known == null || known.captured() == null ? Instant.MIN : known.captured();
                        gaps.computeIfAbsent(resource, each -> new ArrayList<>()).add(new Gap(from, now.gapUntil()));
                    }
                    if (row.getObject("gap_compared_at") != null) {
                        var over = gaps.remove(resource);
                        compared.computeIfAbsent(resource, each -> new ArrayList<>()).addAll(over == null ? List.of() : over);
                    }
                });
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Whether a deletion fell into one that is not compared yet. */
    boolean cover(Change deletion) {
        return cover(gaps, deletion);
    }

    /** Whether it fell into one whose ids have been compared: those that had been told before. */
    boolean compared(Change deletion) {
        return cover(compared, deletion);
    }

    private static boolean cover(Map<String, List<Gap>> gaps, Change deletion) {
        return gaps.entrySet().stream()
                .filter(each -> deletion.entity().equals(BusyBooks.ENTITIES.get(each.getKey())))
                .flatMap(each -> each.getValue().stream())
                .anyMatch(gap -> !deletion.lastUpdated().isBefore(gap.from()) && !deletion.lastUpdated().isAfter(gap.until()));
    }
}
