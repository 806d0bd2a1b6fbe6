// SPDX-License-Identifier: Apache-2.0
/** What a machine or an operator sees of a running service: health, meters, the line it starts with, and who may look. */
@NullMarked
package qboevents.observability;

import org.jspecify.annotations.NullMarked;
