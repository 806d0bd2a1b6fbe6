// SPDX-License-Identifier: Apache-2.0
/** How many calls QuickBooks gets, from whom and why, and whether there may be more of them this month. */
@NullMarked
package qboevents.budget;

import org.jspecify.annotations.NullMarked;
