// SPDX-License-Identifier: Apache-2.0
/** Whether a start takes the beans' definitions from the build or finds them anew: src/docs/decisions/0032-prepared-beans.md. */
@NullMarked
package qboevents.start;

import org.jspecify.annotations.NullMarked;
