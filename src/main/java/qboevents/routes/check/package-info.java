// SPDX-License-Identifier: Apache-2.0
/** Reads a folder of routes without starting any, and says everything that is wrong with it. */
@NullMarked
package qboevents.routes.check;

import org.jspecify.annotations.NullMarked;
