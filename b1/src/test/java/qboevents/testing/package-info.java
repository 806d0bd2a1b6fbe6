// SPDX-License-Identifier: Apache-2.0
/** What tests of every package share. */
@NullMarked
package qboevents.testing;

import org.jspecify.annotations.NullMarked;
