// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * What Intuit's App Partner Program would count: every read, query and call for changes that was answered with 2xx, an
 * empty one too, summed over all companies. Months are those of UTC. With Builder's free tier everything over the
 * number is refused until the first of the next month, with the same 429 that a busy minute gets.
 */
public final class Meter {

    private record Key(YearMonth month, String realmId, Call.Kind kind) {}

    private final Clock clock;
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile long block = Long.MAX_VALUE;

    Meter(Clock clock) {
        this.clock = clock;
    }

    /** 500,000 at Intuit's; no block at the start. */
    public Meter blockAt(long callsOfAMonth) {
        block = callsOfAMonth;
        return this;
    }

    /** Of this month, all companies. */
    public long count() {
        return sum(key -> key.month().equals(month()));
    }

    public long count(String realmId) {
        return count(month(), realmId);
    }

    public long count(String realmId, Call.Kind kind) {
        return sum(key -> key.month().equals(month()) && key.realmId().equals(realmId) && key.kind() == kind);
    }

    public long count(YearMonth month, String realmId) {
        return sum(key -> key.month().equals(month) && key.realmId().equals(realmId));
    }

    void add(Call call) {
        counts.computeIfAbsent(new Key(month(), call.realmId(), call.kind()), key -> new LongAdder()).increment();
    }

    /** @return what to answer instead, when the month's calls are used up */
    Optional<Problem> refusal() {
        return count() < block ? Optional.empty() : Optional.of(Problem.throttled());
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
    }

    private long sum(Predicate<Key> wanted) {
        return counts.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }
}
