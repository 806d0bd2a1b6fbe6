// SPDX-License-Identifier: Apache-2.0
/** Camel-facing: what routes use beside the beans of the other packages. */
@NullMarked
package qboevents.routes;

import org.jspecify.annotations.NullMarked;
