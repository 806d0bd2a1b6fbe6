// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.List;

/**
 * Routes as they were read at one moment: what is checked is what runs then, whatever somebody writes meanwhile.
 *
 * @param place where from, as a reader knows it
 * @param strangers files that somebody may believe to be read
 */
public record RoutesRead(String place, List<RouteText> texts, List<Problem> strangers) {

    public static RoutesRead of(RoutesSource source) {
        return new RoutesRead(source.toString(), source.texts(), source.strangers());
    }
}
