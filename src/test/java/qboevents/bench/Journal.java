// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * When each event was sent, acknowledged and delivered, in nanoseconds of this JVM, 0 for not yet. An event's number is
 * its entity's id; the events of one POST follow each other.
 */
final class Journal {

    /** Keeps the ids at eight digits, so that a template's length never changes. */
    private static final int FIRST_ID = 10_000_000;

    private final long origin = System.nanoTime() - 1;
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private volatile int sent;
    private final int perPost;
    private final AtomicLongArray due;
    private final AtomicLongArray acknowledged;
    private final AtomicLongArray arrived;

    Journal(int posts, int perPost) {
        this.perPost = perPost;
        this.due = new AtomicLongArray(posts);
        this.acknowledged = new AtomicLongArray(posts);
        this.arrived = new AtomicLongArray(posts * perPost);
    }

    long now() {
        return System.nanoTime() - origin;
    }

    int perPost() {
        return perPost;
    }

    long id(int post, int nth) {
        return FIRST_ID + (long) post * perPost + nth;
    }

    /** @param at when it should have been sent: what keeps the sender back counts as the service's delay */
    void sent(int post, long at) {
        due.lazySet(post, at);
        sent = post + 1;
    }

    /** POSTs so far. */
    int sent() {
        return sent;
    }

    void acknowledged(int post) {
        acknowledged.lazySet(post, now());
    }

    /** From one thread only. */
    void arrived(long id) {
        int event = (int) (id - FIRST_ID);
        if (event < 0 || event >= arrived.length() || due.get(event / perPost) == 0) {
            unknown.incrementAndGet();
        } else if (arrived.get(event) > 0) {
            repeated.incrementAndGet();
        } else {
            arrived.lazySet(event, now());
        }
    }

    long repeated() {
        return repeated.get();
    }

    long unknown() {
        return unknown.get();
    }

    int acknowledged(Posts posts) {
        return (int) posts.stream().filter(post -> acknowledged.get(post) > 0).count();
    }

    /** Events that were acknowledged and have not arrived. */
    int missing(Posts posts) {
        return (int) posts.stream().filter(post -> acknowledged.get(post) > 0)
                .flatMap(this::events).filter(event -> arrived.get(event) == 0).count();
    }

    long lastArrival(Posts posts) {
        return posts.stream().flatMap(this::events).mapToLong(arrived::get).max().orElseThrow();
    }

    Times acknowledgements(Posts posts) {
        return times(posts.stream().filter(post -> acknowledged.get(post) > 0),
                post -> acknowledged.get(post) - due.get(post));
    }

    Times deliveries(Posts posts) {
        return times(posts.stream().flatMap(this::events).filter(event -> arrived.get(event) > 0),
                event -> arrived.get(event) - due.get(event / perPost));
    }

    private IntStream events(int post) {
        return IntStream.range(post * perPost, (post + 1) * perPost);
    }

    private static Times times(IntStream which, IntToLongFunction time) {
        var sorted = which.mapToLong(time).toArray();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    /** In ascending order. */
    record Times(long[] sorted) {

        /** @return milliseconds */
        double percentile(double percent) {
            int at = (int) Math.ceil(percent / 100 * sorted.length) - 1;
            return sorted.length == 0 ? Double.NaN : sorted[Math.max(at, 0)] / 1e6;
        }
    }

    /** A run of POSTs, the last one not included, and when it was begun and the last answer was there. */
    record Posts(int from, int to, long begun, long ended, long refused) {

        int count() {
            return to - from;
        }

        double seconds() {
            return (ended - begun) / 1e9;
        }

        private IntStream stream() {
            return IntStream.range(from, to);
        }
    }
}
