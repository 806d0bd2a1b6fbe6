// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.List;
import qboevents.event.Changes;

/**
 * Who is told of what.
 *
 * @param changes told at once
 * @param unread told with their records, which are read first
 */
record Addressed(List<Changes> changes, List<Unread> unread) {}
