// SPDX-License-Identifier: Apache-2.0
/** The routes that run: started as a whole, exchanged when their files are edited, shown. */
@NullMarked
package qboevents.routes.live;

import org.jspecify.annotations.NullMarked;
