// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.List;

/**
 * What a page draws of events and of calls.
 *
 * @param page it is on, which takes another range
 * @param source what draws it anew
 */
record Plots(String page, String source, Range range, Plot events, Plot calls) {

    /** As a part of a page. */
    static final String FRAGMENT = "console/parts :: plots";

    public List<Range> ranges() {
        return List.of(Range.values());
    }
}
