// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.util.List;

/**
 * What the log made of some changes.
 *
 * @param count how many were new
 * @param runs the notifications owed for them
 */
public record Kept(int count, List<Run> runs) {}
