// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What came of the tries of this node since it was started, and how long deliveries took in the last minutes. */
@Component
class DeliveryCounts {

    static final int MINUTES = 5;

    private static final int BUCKETS = 160; // four for each doubling of milliseconds
    private static final double PER_DOUBLING = 4;

    private final Clock clock;
    private final DeliveryMeters meters;
    private final Instant since;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final Minute[] minutes = new Minute[MINUTES + 1]; // the one that has begun and those before it

    DeliveryCounts(Clock clock, DeliveryMeters meters) {
        this.clock = clock;
        this.meters = meters;
        this.since = clock.instant();
    }

    private static final class Minute {

        private final long number;
        private final int[] buckets = new int[BUCKETS];
        private long longest;

        private Minute(long number) {
            this.number = number;
        }
    }

    void count(Outcome outcome) {
        meters.count(outcome);
        if (outcome instanceof Outcome.RetryAt) {
            retried.increment();
        } else if (outcome instanceof Outcome.Dead || outcome instanceof Outcome.Ended) {
            dead.increment();
        } else {
            delivered.increment();
            if (!outcome.delivery().repeat()) {
                var now = clock.instant();
                took(Duration.between(outcome.delivery().createdAt(), now).toMillis(), now.getEpochSecond() / 60);
            }
        }
    }

    private synchronized void took(long millis, long number) {
        int place = (int) (number % minutes.length);
        if (minutes[place] == null || minutes[place].number != number) {
            minutes[place] = new Minute(number);
        }
        var minute = minutes[place];
        minute.buckets[bucket(Math.max(0, millis))]++;
        minute.longest = Math.max(minute.longest, millis);
    }

    private static int bucket(long millis) {
        return (int) Math.min(BUCKETS - 1, Math.ceil(PER_DOUBLING * Math.log(millis + 1.0) / Math.log(2)));
    }

    Map<String, Object> attempts() {
        var view = new LinkedHashMap<String, Object>();
        view.put("since", since.toString());
        view.put("delivered", delivered.sum());
        view.put("retried", retried.sum());
        view.put("dead", dead.sum());
        return view;
    }

    /** In milliseconds, up to a fifth too high. */
    synchronized Map<String, Object> latency() {
        var sum = new long[BUCKETS];
        long count = 0;
        long longest = 0;
        long number = clock.instant().getEpochSecond() / 60;
        for (var minute : minutes) {
            if (minute != null && minute.number > number - minutes.length) {
                for (int i = 0; i < BUCKETS; i++) {
                    sum[i] += minute.buckets[i];
                    count += minute.buckets[i];
                }
                longest = Math.max(longest, minute.longest);
            }
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("minutes", MINUTES);
        view.put("count", count);
        view.put("p50", Math.min(longest, percentile(sum, count, 0.5)));
        view.put("p99", Math.min(longest, percentile(sum, count, 0.99)));
        view.put("max", longest);
        return view;
    }

    private static long percentile(long[] sum, long count, double part) {
        long below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            below += sum[i];
            if (below > 0 && below >= Math.ceil(count * part)) {
                return Math.round(Math.pow(2, i / PER_DOUBLING) - 1);
            }
        }
        return 0;
    }
}
