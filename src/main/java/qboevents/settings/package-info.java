// SPDX-License-Identifier: Apache-2.0
/** What settings of every package share. */
@NullMarked
package qboevents.settings;

import org.jspecify.annotations.NullMarked;
