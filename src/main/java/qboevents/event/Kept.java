// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

/**
 * What the log made of some changes.
 *
 * @param count how many were new
 * @param repeated how many it had already
 */
public record Kept(int count, int repeated) {}
