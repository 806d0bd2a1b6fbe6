// SPDX-License-Identifier: Apache-2.0
/** All that is known of Intuit's API: queries, pages, faults, limits. */
@NullMarked
package qboevents.quickbooks;

import org.jspecify.annotations.NullMarked;
