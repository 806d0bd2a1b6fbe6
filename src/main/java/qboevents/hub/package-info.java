// SPDX-License-Identifier: Apache-2.0
/** QuickBooks' records, read through an instance by whoever has its token: what is asked, and how it is answered. */
@NullMarked
package qboevents.hub;

import org.jspecify.annotations.NullMarked;
