// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Duration;

/**
 * How a month stands, of one company or of all.
 *
 * @param used metered calls so far
 * @param forecast of them at the end of the month, at the pace of the last days
 * @param stretch by how much intervals of polls are to be longer than they are set
 */
record Use(long used, long forecast, double stretch, Stage stage) {

    static final Use NONE = new Use(0, 0, 1, Stage.FINE);

    static Use of(long used, Pace pace, Duration rest, Ceiling ceiling) {
        long forecast = used + Math.round(pace.all() * rest.toSeconds());
        return new Use(used, forecast, ceiling.stretch(used, pace, rest), ceiling.stage(used, forecast));
    }

    /** A month that has just begun goes on as the last one ended, until it is known better. */
    Use begun() {
        return new Use(0, 0, stretch, Stage.FINE);
    }
}
