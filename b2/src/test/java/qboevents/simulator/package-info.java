// SPDX-License-Identifier: Apache-2.0
/** The two ends of the service as real HTTP servers: QuickBooks Online with its quirks, and somebody's callback. */
@NullMarked
package qboevents.simulator;

import org.jspecify.annotations.NullMarked;
