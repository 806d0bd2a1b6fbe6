// SPDX-License-Identifier: Apache-2.0
/**
 * What is looked at before a start makes anything: whether it takes the beans' definitions from the build or finds them anew
 * (src/docs/decisions/0032-prepared-beans.md), and whether a setting is given that does not exist.
 */
@NullMarked
package qboevents.start;

import org.jspecify.annotations.NullMarked;
