// SPDX-License-Identifier: Apache-2.0
/** The durable log: a change becomes one row, and a delivery is owed for it. */
@NullMarked
package qboevents.event;

import org.jspecify.annotations.NullMarked;
