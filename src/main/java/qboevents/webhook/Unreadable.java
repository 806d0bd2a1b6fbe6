// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

/**
 * A signed body, or the part of one, that says nothing we understand.
 *
 * @param reason tells nothing of what is in it, so that it can be logged
 */
record Unreadable(String reason, byte[] body) {}
