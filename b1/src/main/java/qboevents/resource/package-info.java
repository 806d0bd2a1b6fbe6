// SPDX-License-Identifier: Apache-2.0
/** What can be polled: names and QuickBooks entities, as the loaded routes offer them. */
@NullMarked
package qboevents.resource;

import org.jspecify.annotations.NullMarked;
