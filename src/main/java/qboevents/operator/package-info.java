// SPDX-License-Identifier: Apache-2.0
/** What an operator has to know or do: told once, kept, and logged. */
@NullMarked
package qboevents.operator;

import org.jspecify.annotations.NullMarked;
