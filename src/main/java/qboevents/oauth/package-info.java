// SPDX-License-Identifier: Apache-2.0
/** Tokens of the companies' connections: asked for, kept, refreshed by one at a time, revoked. */
@NullMarked
package qboevents.oauth;

import org.jspecify.annotations.NullMarked;
