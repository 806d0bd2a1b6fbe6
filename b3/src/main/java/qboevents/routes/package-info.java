// SPDX-License-Identifier: Apache-2.0
/** Camel-facing: the routes folder and its check at start. */
@NullMarked
package qboevents.routes;

import org.jspecify.annotations.NullMarked;
