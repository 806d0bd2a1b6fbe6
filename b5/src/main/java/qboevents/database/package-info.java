// SPDX-License-Identifier: Apache-2.0
/** Which database is used, and what H2 needs so that the same statements run on it and survive a kill. */
@NullMarked
package qboevents.database;

import org.jspecify.annotations.NullMarked;
