// SPDX-License-Identifier: Apache-2.0
/** Sealing of what is secret in the database, and the key it is done with. */
@NullMarked
package qboevents.encryption;

import org.jspecify.annotations.NullMarked;
