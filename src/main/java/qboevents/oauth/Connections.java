// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.instance.Connection;
import qboevents.instance.ConnectionStates;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

/** What is known of the connections, and told before one ends. */
@Component
class Connections implements ConnectionStates {

    /** Intuit tells its users as long before. */
    private static final Duration NOTICE = Duration.ofDays(30);
    /** Ends that are closer to each other are the same one. */
    private static final Duration SAME = Duration.ofDays(1);

    private final TokenRows rows;
    private final OperatorEvents operator;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Connections(TokenRows rows, OperatorEvents operator, TransactionTemplate transaction, Clock clock) {
        this.rows = rows;
        this.operator = operator;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Map<Long, Connection> of(Collection<Long> instanceIds) {
        return rows.rows(instanceIds).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> state(each.getKey(), each.getValue())));
    }

    private static Connection state(long instanceId, TokenRow row) {
        return new Connection(
                row.signs() ? "oauth1" : "oauth2",
                text(row.brokenAt()),
                row.broken() == null ? null : row.broken() + ". " + ReconnectNeeded.remedy(instanceId, row.signs()),
                text(row.refreshExpiresAt()),
                text(row.hardExpiresAt()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Those that would end only because nobody has used them for months. A disabled instance is to find its company again. */
    List<Long> unused() {
        return rows.rows(rows.ending(clock.instant().plus(NOTICE))).entrySet().stream()
                .filter(each -> each.getValue().end().filter(end -> endsUnused(each.getValue(), end)).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Near its hard end a token's other end is the same, and using it does not help. */
    private static boolean endsUnused(TokenRow row, Instant end) {
        return end.equals(row.refreshExpiresAt())
                && (row.hardExpiresAt() == null || row.hardExpiresAt().isAfter(end.plus(SAME)));
    }

    /** Tells an operator of those that end soon, each end once. */
    void tellEnds() {
        rows.ending(clock.instant().plus(NOTICE)).forEach(id -> transaction.executeWithoutResult(status -> {
            var row = rows.row(id).filter(each -> each.broken() == null);
            row.flatMap(TokenRow::end).filter(end -> rows.tellEnd(id, end, SAME)).ifPresent(end ->
                    operator.tell(Kind.RECONNECT_SOON, id, message(id, row.orElseThrow(), end)));
        }));
    }

    private static String message(long id, TokenRow row, Instant end) {
        return "Instance " + id + " loses its connection to QuickBooks on " + end.truncatedTo(ChronoUnit.SECONDS) + ": "
                + (endsUnused(row, end)
                        ? "its token could not be renewed; it is tried every hour. If the log does not say what helps: "
                        : "Intuit lets no token live longer. Best before that date: ")
                + ReconnectNeeded.remedy(id, row.signs());
    }
}
