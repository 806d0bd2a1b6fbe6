// SPDX-License-Identifier: Apache-2.0
/** What is owed to receivers: claim, compose, sign, retry, dead letters. */
@NullMarked
package qboevents.delivery;

import org.jspecify.annotations.NullMarked;
