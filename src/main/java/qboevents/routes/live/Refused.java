// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.time.Instant;
import java.util.List;
import qboevents.routes.check.Problem;
import qboevents.routes.check.RoutesRead;

/** An edit that was not taken over. */
record Refused(RoutesRead read, Instant at, List<Problem> problems) {

    /** One for each problem, as a health page can show them. */
    List<String> lines() {
        return problems.stream().map(problem -> problem.place() + "  " + problem.route() + "  " + problem.sentence()).toList();
    }
}
