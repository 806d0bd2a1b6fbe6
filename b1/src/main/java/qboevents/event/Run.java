// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Instant;

/** Neighbouring events of the log that are owed to the receiver in one notification. */
public record Run(long firstId, long lastId, long instanceId, String resource, Instant recordedAt) {}
