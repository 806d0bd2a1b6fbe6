// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that is moved by hand: it stands still, or runs with another clock at a distance. */
public final class MovableClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> moved;
    private final ZoneId zone;
    private final List<Runnable> watchers;

    private MovableClock(Clock base, AtomicReference<Duration> moved, ZoneId zone, List<Runnable> watchers) {
        this.base = base;
        this.moved = moved;
        this.zone = zone;
        this.watchers = watchers;
    }

    /** Stands still until it is moved. */
    public static MovableClock at(Instant start) {
        return following(Clock.fixed(start, ZoneOffset.UTC));
    }

    /** Runs with the real time until it is moved, and then at that distance from it. */
    public static MovableClock running() {
        return following(Clock.systemUTC());
    }

    public static MovableClock following(Clock base) {
        return new MovableClock(base, new AtomicReference<>(Duration.ZERO), ZoneOffset.UTC, new CopyOnWriteArrayList<>());
    }

    public void advance(Duration by) {
        moved.updateAndGet(by::plus);
        watchers.forEach(Runnable::run);
    }

    public void set(Instant to) {
        moved.set(Duration.between(base.instant(), to));
        watchers.forEach(Runnable::run);
    }

    /** Called after each move, which waits for it. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    public void forget(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** The real time plus all that this clock was moved by: never stands still, jumps when the clock is moved. */
    Instant flowing() {
        return Instant.now().plus(moved.get());
    }

    @Override
    public Instant instant() {
        return base.instant().plus(moved.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(base, moved, other, watchers);
    }
}
