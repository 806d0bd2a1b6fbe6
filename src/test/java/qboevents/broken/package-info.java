// SPDX-License-Identifier: Apache-2.0
/** Requests as nobody should send them, to every call that the routes offer. */
@NullMarked
package qboevents.broken;

import org.jspecify.annotations.NullMarked;
