// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.List;

/** What one body says, in its order, and what could not be understood. */
record Batch(List<Notice> notices, List<Unreadable> unreadable) {}
