// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Set;

/** Where a resource's timer sends to, as {@code polling.camel.yaml} reads it. */
final class PollDoors {

    static final String CHANGES = "direct:poll";
    static final String LIST = "direct:poll-list";
    static final String BY_QUERY = "direct:poll-by-query";
    static final String LIST_DAILY = "direct:poll-list-daily";
    static final Set<String> ALL = Set.of(CHANGES, LIST, BY_QUERY, LIST_DAILY);

    private PollDoors() {}
}
