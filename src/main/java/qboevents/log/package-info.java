// SPDX-License-Identifier: Apache-2.0
/** What the API tells of events and of their deliveries, and what an operator does with them. */
@NullMarked
package qboevents.log;

import org.jspecify.annotations.NullMarked;
