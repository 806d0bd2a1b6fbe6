// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Duration;

/**
 * How much may be used in a month.
 *
 * @param calls 0: as many as are wanted
 * @param reserve share of it that is not for polls
 * @param warnAt share of it at which an operator is told
 */
record Ceiling(long calls, double reserve, double warnAt) {

    /** Further apart than this times their interval polls are never: what is left then is soon used up. */
    static final double MOST_STRETCH = 24;

    private static final double SHORTEST_REST = Duration.ofHours(1).toSeconds();

    boolean exists() {
        return calls > 0;
    }

    long reserved() {
        return Math.round(calls * reserve);
    }

    /** Up to which a call for this reason may be made. */
    long least(Reason reason) {
        if (!exists()) {
            return Long.MAX_VALUE;
        }
        return reason.reserved() ? calls : calls - reserved();
    }

    Stage stage(long used, long forecast) {
        if (!exists()) {
            return Stage.FINE;
        }
        if (used >= calls) {
            return Stage.USED_UP;
        }
        if (used >= calls - reserved()) {
            return Stage.RESERVE;
        }
        return Math.max(used, forecast) >= calls * warnAt ? Stage.LOW : Stage.FINE;
    }

    /**
     * By how much intervals are to be longer than they are set, so that what is left lasts: what is wanted by what there is.
     * It does not go by what is used at present, which is less the more it stretches already.
     *
     * @param pace at which polls would be made if nothing were stretched
     * @param rest of the month
     */
    double stretch(long used, Pace pace, Duration rest) {
        if (!exists() || pace.wanted() == 0) {
            return 1;
        }
        double left = (calls - reserved() - used) / Math.max(rest.toSeconds(), SHORTEST_REST) - pace.others();
        return left <= 0 ? MOST_STRETCH : Math.min(MOST_STRETCH, Math.max(1, pace.wanted() / left));
    }
}
