// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What every request passes: it is counted, refused when there are too many, spoiled when that was commanded, and metered. */
final class Gateway {

    private final Clock clock;
    private final Limits limits;
    private final Meter meter;
    private final Calls calls = new Calls();
    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();

    Gateway(Clock clock, Limits limits, Meter meter) {
        this.clock = clock;
        this.meter = meter;
        this.limits = limits;
    }

    Answer pass(Call call, Supplier<Response> real) {
        calls.add(call);
        if (!call.isApi()) {
            return spoiled(call, real);
        }
        var answer = spoiled(call, limited(call, real));
        if (answer.isSuccess()) {
            meter.add(call);
        }
        return answer;
    }

    private Answer spoiled(Call call, Supplier<Response> honest) {
        for (var fault : faults) {
            if (fault.takes(call)) {
                return fault.spoil(call, honest, clock.instant());
            }
        }
        return honest.get();
    }

    ActiveFault add(Fault fault) {
        var active = new ActiveFault(fault);
        faults.add(active);
        return active;
    }

    void clearFaults() {
        faults.forEach(ActiveFault::clear);
        faults.clear();
    }

    Calls calls() {
        return calls;
    }

    private Supplier<Response> limited(Call call, Supplier<Response> real) {
        var refusal = limits.count(call.realmId());
        return () -> refusal.or(meter::refusal).map(problem -> problem.response(clock.instant())).orElseGet(real);
    }
}
