// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Ten calls in any second and five hundred in any minute, for each company. Refused calls count as well. Time here is
 * the real time plus what the simulator's clock was moved by: on a clock that stands still every call would be in one
 * second.
 */
public final class Limits {

    private record Windows(SlidingWindow second, SlidingWindow minute) {}

    private final Supplier<Instant> now;
    private final Map<String, Windows> realms = new ConcurrentHashMap<>();
    private int perSecond = 10;
    private int perMinute = 500;
    private boolean enforced = true;
    private Problem refusal = Problem.throttled();

    Limits(Supplier<Instant> now) {
        this.now = now;
    }

    /** Counts and lets pass. */
    public synchronized Limits observeOnly() {
        enforced = false;
        return this;
    }

    /** Counts and refuses; so it is from the start. */
    public synchronized Limits enforce() {
        enforced = true;
        return this;
    }

    public synchronized Limits of(int callsPerSecond, int callsPerMinute) {
        perSecond = callsPerSecond;
        perMinute = callsPerMinute;
        return this;
    }

    /** Refuse in XML from now on, as QuickBooks has been seen to. */
    public synchronized Limits inXml() {
        refusal = refusal.in(Problem.Form.XML);
        return this;
    }

    public synchronized Limits withRetryAfter(String value) {
        refusal = refusal.retryAfter(value);
        return this;
    }

    /** The most calls of this company in any second so far. */
    public int mostInASecond(String realmId) {
        return most(realmId, windows -> windows.second().most());
    }

    public int mostInAMinute(String realmId) {
        return most(realmId, windows -> windows.minute().most());
    }

    /** @return what to answer instead, when there have been too many */
    synchronized Optional<Problem> count(String realmId) {
        var windows = realms.computeIfAbsent(realmId, each ->
                new Windows(new SlidingWindow(Duration.ofSeconds(1)), new SlidingWindow(Duration.ofMinutes(1))));
        var at = now.get();
        var tooMany = windows.second().add(at) > perSecond | windows.minute().add(at) > perMinute;
        return Optional.of(refusal).filter(each -> tooMany && enforced);
    }

    private synchronized int most(String realmId, ToIntFunction<Windows> which) {
        return Optional.ofNullable(realms.get(realmId)).map(which::applyAsInt).orElse(0);
    }
}
