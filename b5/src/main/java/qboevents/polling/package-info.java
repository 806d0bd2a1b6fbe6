// SPDX-License-Identifier: Apache-2.0
/** Which resource of which company is due, who reads it, and how far it has been read. */
@NullMarked
package qboevents.polling;

import org.jspecify.annotations.NullMarked;
