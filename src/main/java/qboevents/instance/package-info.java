// SPDX-License-Identifier: Apache-2.0
/** Connected companies: what a request may make of one, and what is kept of it. */
@NullMarked
package qboevents.instance;

import org.jspecify.annotations.NullMarked;
