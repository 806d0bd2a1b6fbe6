// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.routes.check.Problem;
import qboevents.routes.check.RoutesRead;

/** What the routes were made of that run, and the edit that was refused since. */
@Component
class RunningRoutes {

    private record State(@Nullable RoutesRead read, Instant since, @Nullable Refused refused) {}

    private final Clock clock;
    private volatile State state;

    RunningRoutes(Clock clock) {
        this.clock = clock;
        this.state = new State(null, clock.instant(), null);
    }

    void runs(RoutesRead read) {
        state = new State(read, clock.instant(), null);
    }

    /** What was refused is gone again. */
    void asBefore() {
        state = new State(state.read, state.since, null);
    }

    void refuse(RoutesRead read, List<Problem> problems) {
        state = new State(state.read, state.since, new Refused(read, clock.instant(), problems));
    }

    RoutesRead read() {
        return Objects.requireNonNull(state.read, "asked before the start");
    }

    Instant since() {
        return state.since;
    }

    @Nullable Refused refused() {
        return state.refused;
    }
}
