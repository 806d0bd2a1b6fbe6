// SPDX-License-Identifier: Apache-2.0
/** Who may call, and the platform's two secrets. */
@NullMarked
package qboevents.access;

import org.jspecify.annotations.NullMarked;
