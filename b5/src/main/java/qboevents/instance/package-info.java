// SPDX-License-Identifier: Apache-2.0
/** Connected companies: their configuration, tokens and secrets, and who may ask for them. */
@NullMarked
package qboevents.instance;

import org.jspecify.annotations.NullMarked;
