// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor may say to us: one object, in the state it came in.
 *
 * @param objectId the bare Id
 * @param syncToken QuickBooks' version of the object, where it was told
 * @param createdAt null where it was not told
 * @param updatedAt null where it was not told
 * @param operation null where it was not told: then the two times say what they can
 * @param record JSON, the bytes as they came
 */
public record Change(
        String objectId,
        @Nullable String syncToken,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Operation operation,
        byte[] record) {}
